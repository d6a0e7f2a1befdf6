import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { WaiverShown } from '#contract/api/policy-waivers.js'
import { ToldService } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const TENANT = '0198c0de-0000-7000-8000-000000000002'
const waiver = WaiverShown.parse({
  ...{ id: ID, reason: 'install.yanked', subject: { kind: 'tenant', id: TENANT }, why: 'it is mended on Monday' },
  ...{ until: '2026-12-01T00:00:00.000Z', state: 'in_force', asked_by: 'u_1', approval_id: ID },
  ...{ revoked_at: null, revoked_by: null, revoked_because: null, decision_id: ID, acted: [] },
  granted_at: '2026-11-01T00:00:00.000Z',
})

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
})
afterEach(() => service.stop())

const waivers = (...args: string[]) => service.gatehouse('policy', 'waivers', ...args)
const WANTED = ['install.yanked', '--until', '2026-12-01', '--reason', 'it is mended on Monday']

describe('gatehouse policy waivers', () => {
  it('asks for one, says what a second person must agree to, and ends with 1', async () => {
    const approval = { id: ID, title: 'Waive install.yanked', scope: 'policy:activate', quorum: 1 }
    const held = { held: true, approval, reasons: [], decision_id: ID }
    service.answers = [{ status: 202, body: held }]
    const { code, stdout, stderr } = await waivers('request', ...WANTED, '--tenant', TENANT)
    expect(service.asked).toEqual([
      {
        request: 'POST /v1/policy/waivers',
        body: {
          ...{ reason: 'install.yanked', subject: { kind: 'tenant', id: TENANT }, why: 'it is mended on Monday' },
          until: '2026-12-01T00:00:00Z',
        },
      },
    ])
    expect(code).toBe(1)
    expect(stdout + stderr).toContain(ID)
  })

  it('lists them by state, shows where one acted, and revokes it', async () => {
    service.tell({ items: [waiver], next_cursor: null })
    expect((await waivers('list', '--state', 'in_force')).stdout).toContain('it is mended on Monday')
    expect(service.asked.at(-1)!.request).toBe('GET /v1/policy/waivers?state=in_force')
    service.tell(waiver)
    expect((await waivers('show', ID)).stdout).toContain('It has acted in no decision.')
    const { stdout } = await waivers('revoke', ID, '--reason', 'it was mended')
    expect(service.asked.at(-1)).toEqual({
      request: `POST /v1/policy/waivers/${ID}/revoke`,
      body: { why: 'it was mended' },
    })
    expect(stdout).toContain('install.yanked counts again')
  })

  it.each([
    [['request', ...WANTED], 'name one that it is for'],
    [['request', ...WANTED, '--tenant', TENANT, '--extension', 'com.x.y'], 'name one that it is for'],
    [['request', 'Yanked!', '--until', '30d', '--reason', 'x', '--tenant', TENANT], 'is no reason'],
    [['request', 'install.yanked', '--until', 'soon', '--reason', 'x', '--tenant', TENANT], '--until'],
  ])('%j is a wrong call', async (args, words) => {
    const { code, stderr } = await waivers(...args)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) })
    expect(service.asked).toEqual([])
  })
})
