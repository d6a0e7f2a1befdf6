import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const REVISION = `sha256:${'a'.repeat(64)}`
const AGENT = {
  ...{ id: 'agent-1', tenant: '0198c0de-0000-7000-8000-000000000001', principal: 'u_1', version: '1.22.0' },
  ...{ labels: { id: 'agent-1', app: 'envoy' }, active_revision: REVISION, follows: true, errors: [] as string[] },
  ...{ refused_events: 0, reported_at: '2026-11-26T02:41:20.000Z', seen_at: '2026-11-26T02:41:20.000Z' },
}
const DECISION = {
  ...{ id: '0198c0de-0000-7000-8000-000000000002', source: 'agent', at: AGENT.seen_at, received_at: AGENT.seen_at },
  ...{ tenant: AGENT.tenant, agent: 'agent-1', principal: 'u_1', decision_id: 'd', path: 'governance/call/decision' },
  ...{ gate: 'call', action: null, outcome: 'deny', revision: REVISION, error: null, masked: true },
  ...{ masked_paths: ['/input/subject'], replayable: false },
}

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
})
afterEach(() => service.stop())

const agents = (...args: string[]) => service.gatehouse('policy', 'agents', ...args)

describe('gatehouse policy agents', () => {
  it('lists agents, and ends with 0 while all are in step', async () => {
    service.tell({ items: [AGENT], next_cursor: null })
    const { code, stdout } = await agents()
    expect(code).toBe(0)
    expect(stdout).toMatch(/agent-1\s+envoy\s+1\.22\.0\s+sha256:a+\s+2026-11-26T02:41:20\.000Z\s+in step/)
  })

  it('ends with 1 and says why where one is not, and how to go on', async () => {
    const errors = ['gatehouse: bad signature']
    service.tell({ items: [{ ...AGENT, follows: false, errors }], next_cursor: 'more' })
    const { code, stdout } = await agents()
    expect(code).toBe(1)
    expect(stdout).toContain('gatehouse: bad signature')
    expect(stdout).toContain('--cursor more')
  })

  it('lists what one of them decided', async () => {
    service.tell({ items: [DECISION], next_cursor: null })
    const { code, stdout } = await agents('--decisions', '--agent', 'agent-1')
    expect(code).toBe(0)
    expect(service.asked.map(({ request }) => request)).toEqual([
      expect.stringMatching(/^GET \/v1\/opa\/decisions\?.*agent=agent-1/),
    ])
    expect(stdout).toMatch(/governance\/call\/decision\s+deny\s+sha256:a+\s+no, masked/)
  })
})
