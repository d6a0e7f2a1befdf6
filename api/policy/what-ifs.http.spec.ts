import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { WhatIfRun } from '#contract/api/what-if-runs.js'
import { testService, type TestService } from '../testing/test-service.js'

let service: TestService
beforeAll(async () => {
  service = await testService()
}, 60_000)
afterAll(() => service?.stop())

const ask: TestService['ask'] = (...asked) => service.ask(...asked)
const revisionInForce = async (): Promise<string> =>
  String((await ask('reviewer', 'GET', '/v1/policy')).body['revision'])

it('the running service replays its own past in the background, on record, and finds that the same policy says the same', async () => {
  const path = `/v1/policy/revisions/${await revisionInForce()}/what-if`
  const begun = await ask('reviewer', 'POST', path, { budget: { max_flips: 0 } })
  expect(begun).toMatchObject({ status: 201, body: { report: null } })
  let run = WhatIfRun.parse(begun.body)
  while (run.ended_at === null)
    run = WhatIfRun.parse((await ask('reviewer', 'GET', `/v1/policy/what-ifs/${run.id}`)).body)
  expect(run).toMatchObject({ state: 'done', flips: 0, verdict: { within: true } })
  expect(run.report!.replayed).toBeGreaterThan(0)
  const { body } = await ask('reviewer', 'GET', `/v1/policy/what-ifs?revision=${run.revision}`)
  expect(body).toMatchObject({ items: [{ id: run.id, state: 'done' }], next_cursor: null })
}, 60_000)

it('nobody of an organisation begins one, sees one or ends one', async () => {
  const revision = await revisionInForce()
  const begun = await ask('reviewer', 'POST', `/v1/policy/revisions/${revision}/what-if`, {})
  const id = String(begun.body['id'])
  const before = await service.rows()
  expect((await ask('acme_owner', 'POST', `/v1/policy/revisions/${revision}/what-if`, {})).status).toBe(404)
  expect((await ask('acme_owner', 'GET', `/v1/policy/what-ifs/${id}`)).status).toBe(404)
  expect((await ask('acme_owner', 'POST', `/v1/policy/what-ifs/${id}/cancel`)).status).toBe(404)
  expect((await ask('acme_owner', 'GET', '/v1/policy/what-ifs')).body['items']).toEqual([])
  expect(await service.rows()).toEqual(before)
}, 60_000)

it('bounds that exclude each other are refused by their pointer', async () => {
  const path = `/v1/policy/revisions/${await revisionInForce()}/what-if`
  const bounds = { since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' }
  const refused = await ask('reviewer', 'POST', path, bounds)
  expect(refused).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/until', detail: 'must be after since' }] },
  })
})
