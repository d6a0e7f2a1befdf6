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

  it('shows of a policy why, what would flip and where its changes are', async () => {
    const subject = {
      ...{ revision: 'sha256:new', replaces: 'sha256:old', contents: 'sha256:c', after: 3, reason: 'admins were told' },
      what_if: { id: ID, decisions: 40, replayed: 40, flips: 2, within_budget: true, since: null, until: 1 },
      ...{ draft: { id: ID, version: 2 }, break_glass: null },
      canary: { foretold: { 'admin.key_needs_owner': 0.05 }, changed: ['admin.key_needs_owner'] },
    }
    service.tell({ ...APPROVAL, kind: 'policy', action: 'policy.activate', subject })
    const { stdout } = await service.gatehouse('approvals', 'show', ID)
    expect(stdout).toContain('  why         admins were told\n  revision    sha256:new\n  replaces    sha256:old\n')
    expect(stdout).toContain('(gatehouse policy diff sha256:new --from sha256:old)')
    expect(stdout).toContain(`draft       ${ID}, version 2: an edit of it voids this`)
    expect(stdout).toContain('2 of 40 past decisions would flip, within its flip budget')
    expect(stdout).toContain('admin.key_needs_owner may flip 5.00 % of decisions')
  })
})

describe('gatehouse approvals approve', () => {
  it('says where to see what came of it, once enough agreed', async () => {
    const of = { ...APPROVAL, action: 'waiver.grant' }
    service.tell(of, { ...of, state: 'approved' })
    const { stdout } = await service.gatehouse('approvals', 'approve', ID)
    expect(stdout).toBe(
      'Voted; the approval is approved\nNext: gatehouse policy waivers list (it is carried out now)\n',
    )
  })
})
