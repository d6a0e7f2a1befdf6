import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const APPROVAL = {
  ...{ id: ID, kind: 'review', action: 'extension.submit', state: 'open', title: 'Review com.acme.ledger 1.0.0' },
  ...{
    subject: { permissions: ['kv:read'], rego: 'package x\n' },
    subject_digest: 'sha256:c',
    scope: 'extensions:review',
  },
  ...{ quorum: 1, opened_by: 'u_1', waits_for_me: true, votes: [], expires_at: 'soon', created_at: 'now' },
  decision_id: ID,
}

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
  service.tell(APPROVAL)
})
afterEach(() => service.stop())

describe('gatehouse approvals show', () => {
  it('shows what is voted on as lines, and how to vote', async () => {
    const { stdout } = await service.gatehouse('approvals', 'show', ID)
    expect(stdout).toContain('  permissions:\n    - kv:read\n  rego: |\n    package x\n')
    expect(stdout).toContain(`Next: gatehouse approvals approve ${ID}`)
  })

  it('names no way to vote to whom it does not wait for', async () => {
    service.tell({ ...APPROVAL, waits_for_me: false })
    expect((await service.gatehouse('approvals', 'show', ID)).stdout).not.toContain('Next:')
  })
})
