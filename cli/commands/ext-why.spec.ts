import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DecisionExplained } from '#contract/api/decisions.js'
import { DevRecords } from '../extension/dev/dev-records.js'
import { scaffold } from '../extension/scaffold.js'
import { ToldService } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const LOCAL = '0198c0de-0000-7000-8000-000000000002'
const reason = (id: string) => ({ id, message: 'Not so', remedy: 'Do otherwise' })
const decision = (id: string, facts?: object): DecisionExplained =>
  DecisionExplained.parse({
    ...{
      id: ID,
      at: '2026-11-26T20:00:00Z',
      tenant: 't',
      gate: 'capability',
      action: 'capability.use',
      outcome: 'deny',
    },
    ...{ decided_by: 'policy', cause: null, actor: null, resource: null, extension: null, install_id: null },
    ...{ execution_id: null, correlation_id: null, revision: null, count: 1, rules: [], input_digest: null },
    ...{ engine: null, tenant_module: null, fuel: null, expires_at: null, waived: [], ledger: null, after: null },
    reasons: [reason(id)],
    ...(facts && { facts }),
  })

const http = { scheme: 'https', host: 'api.example.com', method: 'POST', path: '/v1/x', rule: null }
const fetching = { capability: { name: 'http.fetch', permission: 'http:fetch' }, http }

describe('gatehouse ext why', () => {
  let service: ToldService
  let folder: string
  beforeEach(async () => {
    service = await ToldService.start()
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-why-'))
    await scaffold(folder, { id: 'com.example.hello', type: 'workflow-step', lang: 'ts' })
  })
  afterEach(async () => {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    [
      'capability.host_undeclared',
      fetching,
      '/egress/-: add {"host":"api.example.com","methods":["POST"],"path_prefix":"/v1/x"}',
    ],
    ['capability.undeclared', fetching, '/permissions/-: add "http:fetch", which http.fetch needs'],
    ['capability.header_undeclared', { ...fetching, http: { ...http, rule: 2 } }, '/egress/2/headers/-'],
    ['capability.secret_undeclared', { secret: { name: 'TOKEN' } }, '/secrets/-: add {"name":"TOKEN"'],
    ['call.endpoint_scope_missing', { endpoint: { id: 'hello' } }, '/api/endpoints/0/required_scope'],
  ])('names the entry of the manifest for %s', async (id, facts, words) => {
    service.tell(decision(id, facts))
    const { stdout, code } = await service.gatehouse('ext', 'why', ID, '--dir', folder, '--facts')
    expect(stdout).toContain(`extension.json ${words}`)
    expect(stdout).toContain('Remedy: Do otherwise')
    expect(code).toBe(0)
    expect(service.asked[0]?.request).toBe(`GET /v1/decisions/${ID}?facts=true`)
  })

  it('says where no manifest helps, and what it would take to say more', async () => {
    service.tell(decision('capability.rung_blocks'))
    const { stdout } = await service.gatehouse('ext', 'why', ID, '--dir', folder)
    expect(stdout).toContain('nothing in the manifest')
    expect(stdout).toContain('--facts tells')
  })

  it('explains a decision of the local gate without any service', async () => {
    const records = await DevRecords.begin(folder)
    const { id: _, ...rest } = decision('capability.host_undeclared')
    const { at, action, outcome, reasons } = rest
    await records.keep(
      [{ id: LOCAL, at, action, outcome, reasons, revision: null, execution_id: 'e', facts: fetching }],
      null,
    )
    const { stdout } = await service.gatehouse('--json', 'ext', 'why', LOCAL, '--dir', folder)
    expect(JSON.parse(stdout)).toMatchObject({
      made_by: 'local gate',
      changes: [{ reason: 'capability.host_undeclared', pointer: '/egress/-' }],
    })
    expect(service.asked).toEqual([])
  })

  it('is called wrongly with what is no id', async () => {
    expect((await service.gatehouse('ext', 'why', 'x', '--dir', folder)).code).toBe(2)
  })
})
