import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { OpaAgent } from '#contract/api/agents.js'
import { OPA_SIGNATURES } from '#engine/opa-signature.js'
import { readBundle } from '#runtime/bundle/read.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import type { RotatingKey } from '../platform/keys/rotating-key.js'
import { testService, type TestService } from '../testing/test-service.js'
import { between, type Between } from './testing/between.js'
import { startOpa, until, type StockOpa } from './testing/stock-opa.js'

let service: TestService
let proxy: Between
let opa: StockOpa
let keys: RotatingKey
let token: string

const ask = async <T>(as: string, path: string, body?: object): Promise<T> => {
  const headers = { authorization: `Bearer ${service.keys[as]}`, 'content-type': 'application/json' }
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  return (await (await fetch(service.url + path, init)).json()) as T
}

/** A stock OPA that asks often, and is led by discovery to everything else. */
const start = (): Promise<StockOpa> =>
  startOpa({
    services: { gatehouse: { url: `${proxy.url}/v1/opa`, credentials: { bearer: { token } } } },
    discovery: {
      ...{ service: 'gatehouse', resource: '/discovery' },
      polling: { min_delay_seconds: 1, max_delay_seconds: 1 },
    },
  })

const agents = async (): Promise<OpaAgent[]> => (await ask<{ items: OpaAgent[] }>('acme_owner', '/v1/opa/agents')).items

const fetched = async (path: string): Promise<ReadonlyMap<string, Uint8Array>> => {
  const reply = await fetch(`${service.url}/v1/opa${path}`, { headers: { authorization: `Bearer ${token}` } })
  return readBundle(new Uint8Array(await reply.arrayBuffer()))
}
const told = async (): Promise<string[]> => {
  const config = Buffer.from((await fetched('/discovery')).get('data.json')!).toString()
  return Object.keys((JSON.parse(config) as { keys: object }).keys).toSorted()
}
const signer = async (): Promise<string> => {
  const text = Buffer.from((await fetched('/bundles/gatehouse')).get(OPA_SIGNATURES)!).toString()
  const [jws] = (JSON.parse(text) as { signatures: string[] }).signatures
  return (JSON.parse(Buffer.from(jws!.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid
}
const idsOf = async () => (await keys.keys()).map(({ id }) => id).toSorted()

/** The bundle was fetched whole once more, and the agent has said since that nothing is wrong with it. */
const takesItAnew = async (): Promise<void> => {
  const whole = () => proxy.bundleAnswers.filter((status) => status === 200).length
  const before = whole()
  await until(async () => whole() > before + 1 || undefined, opa.said, 20_000)
  const since = new Date().toISOString()
  const [agent] = await until(
    async () => {
      const found = (await agents()).filter(({ reported_at }) => reported_at !== null && reported_at > since)
      return found.length > 0 ? found : undefined
    },
    () => `the agent says nothing:\n${opa.said()}`,
    30_000,
  )
  expect(agent).toMatchObject({ errors: [], follows: true })
}

beforeAll(async () => {
  service = await testService()
  keys = (await KeyFiles.open(service.folder)).rotating('opa')
  const account = { name: 'Envoy', kind: 'service_account', roles: ['opa_agent'] }
  const { id } = await ask<{ id: string }>('acme_owner', '/v1/people', account)
  token = (await ask<{ secret: string }>('acme_owner', '/v1/keys', { name: 'opa', principal_id: id })).secret
  proxy = await between(service.url)
  opa = await start()
}, 120_000)
afterAll(async () => {
  await opa?.stop()
  await proxy?.stop()
  await service?.stop()
})

it('a stock OPA goes on verifying across a rotation of the key, and one that starts after it verifies too', async () => {
  const [old] = await idsOf()
  expect([await told(), await signer()]).toEqual([[old], old])

  // Before it is announced: the agent may ask at any moment from then on, and is told once.
  const seen = proxy.discoveryAnswers.length
  const next = await keys.announce()
  expect([await told(), await signer()]).toEqual([await idsOf(), old])
  await until(async () => proxy.discoveryAnswers.indexOf(200, seen) >= 0 || undefined, opa.said, 20_000)

  await keys.rotate(Date.now(), { early: true })
  expect([await told(), await signer()]).toEqual([await idsOf(), next.id])
  proxy.forget()
  await takesItAnew()

  await opa.stop()
  opa = await start()
  await keys.revoke(old!)
  expect([await told(), await signer()]).toEqual([[next.id], next.id])
  await takesItAnew()
}, 120_000)
