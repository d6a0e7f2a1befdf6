import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService, type Told } from '../testing/told-service.js'

const [BRAKE, APPROVAL, CONNECTION, ADA, GRACE] = [1, 2, 3, 4, 5].map(
  (n) => `0198c0de-0000-7000-8000-00000000000${n}`,
) as [string, string, string, string, string]
const DIGEST = `sha256:${'a'.repeat(64)}`
const held = { person: ADA, name: 'ada@acme.example', what: 'deactivated', group: null }
const passed = { person: GRACE, name: 'grace@acme.example', what: 'deleted', group: null }

const brake = (state: string) => ({
  ...{ id: BRAKE, tenant_id: ADA, connection_id: CONNECTION, connection: 'Okta', state, because: ['admin.scim_brake'] },
  ...{ people: 20, let_go: 4, percent: 10, window_minutes: 60, count: 1, digest: DIGEST, passed: 1 },
  ...{ approval_id: APPROVAL, approval_state: 'open', decided_by: null, until: null, tripped_at: 'then' },
  changes: [{ ...held, method: 'PATCH', path: `/scim/v2/Users/${ADA}`, decision_id: ADA, at: 'then' }],
  before: [{ ...passed, undone_at: null, decision_id: GRACE, at: 'before' }],
})

let service: ToldService
let state: string
let undone: number
beforeEach(async () => {
  service = await ToldService.start()
  state = 'held'
  undone = 0
  service.reply = ({ request }): Told => {
    if (request.endsWith('/undo'))
      return { body: { restored: [{ ...passed, decision_id: GRACE }], failed: [], left: undone++ === 0 ? 1 : 0 } }
    if (request.endsWith('/release')) return { body: { ...brake('released'), until: 'tomorrow' } }
    if (request.endsWith('/votes')) return { body: { state: 'approved' } }
    if (request.includes('/approvals/')) return { body: { id: APPROVAL, subject_digest: DIGEST } }
    if (request.includes('/brakes?')) return { body: { items: [brake(state)], next_cursor: null } }
    return { body: brake(state) }
  }
})
afterEach(() => service.stop())

const changing = () => service.asked.filter(({ request }) => !request.startsWith('GET'))

describe('gatehouse scim brake', () => {
  it('lists what waits, and of one what it holds off and what passed before', async () => {
    expect((await service.gatehouse('scim', 'brake', 'list')).stdout).toMatch(/Okta +held +1 +1/)
    expect(service.asked[0]!.request).toContain('state=held')
    const { stdout } = await service.gatehouse('scim', 'brake', 'list', BRAKE)
    for (const words of ['ada@acme.example', 'grace@acme.example', 'is deleted', `scim brake release ${BRAKE}`])
      expect(stdout).toContain(words)
  })

  it('releases exactly what it shows', async () => {
    const { stdout, stderr } = await service.gatehouse('scim', 'brake', 'release', BRAKE, '--comment', 'they left')
    expect(stderr).toContain('ada@acme.example')
    expect(stdout).toContain('Released 1 changes')
    expect(changing()).toEqual([
      {
        request: `POST /v1/approvals/${APPROVAL}/votes`,
        body: { verdict: 'approve', subject_digest: DIGEST, comment: 'they left' },
      },
    ])
  })

  it('releases what was rejected by the digest of its list', async () => {
    state = 'rejected'
    const { stdout } = await service.gatehouse('scim', 'brake', 'release', BRAKE)
    expect(stdout).toContain('until tomorrow')
    expect(changing()).toEqual([{ request: `POST /v1/scim/brakes/${BRAKE}/release`, body: { digest: DIGEST } }])
    const { code, stderr } = await service.gatehouse('scim', 'brake', 'reject', BRAKE)
    expect([code, stderr]).toEqual([2, expect.stringContaining('is rejected')])
  })

  it('brings nobody back before it was asked to, and then all', async () => {
    const { stdout } = await service.gatehouse('scim', 'brake', 'undo', BRAKE)
    expect(stdout).toContain('grace@acme.example')
    expect(changing()).toEqual([])
    const { stdout: done } = await service.gatehouse('scim', 'brake', 'undo', BRAKE, '--yes', '--json')
    expect(JSON.parse(done)).toMatchObject({ restored: [{ person: GRACE }, { person: GRACE }], left: 0 })
    expect(changing()).toHaveLength(2)
  })
})
