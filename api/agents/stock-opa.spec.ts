import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AgentDecision, OpaAgent } from '#contract/api/agents.js'
import { soundCases, type GoldenCase } from '#engine/author/cases.js'
import { readPolicyFolder } from '#engine/author/index.js'
import { readShippedBundle } from '#engine/bundle.js'
import { canonicalBytes } from '#engine/canonical.js'
import { loadPolicy, type PolicyEngine } from '#engine/load.js'
import { OPA_SIGNATURES } from '#engine/opa-signature.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { readBundle } from '#runtime/bundle/read.js'
import { packageRoot } from '#runtime/package-root.js'
import { testService, type TestService } from '../testing/test-service.js'
import { between, type Between } from './testing/between.js'
import { startOpa, until, type StockOpa } from './testing/stock-opa.js'

let service: TestService
let proxy: Between
let opa: StockOpa
let engine: PolicyEngine
let golden: GoldenCase[]
/** Key of a service account that may connect and nothing else. */
let token: string

const send = async (as: string, path: string, body?: object): Promise<Response> =>
  fetch(service.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${service.keys[as] ?? as}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
const ask = async <T>(as: string, path: string, body?: object): Promise<T> =>
  (await (await send(as, path, body)).json()) as T

const ofOpa = async ({ gate, input }: GoldenCase): Promise<string> => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ input }) }
  const { result } = (await (await fetch(`${opa.url}/v1/data/governance/${gate}/decision`, init)).json()) as {
    result: unknown
  }
  return Buffer.from(canonicalBytes(result)).toString()
}
const ofOurs = ({ gate, input }: GoldenCase): string =>
  Buffer.from(engine.evaluate(gate, canonicalBytes(input)).answer).toString()

const agent = async (fits: (one: OpaAgent) => boolean): Promise<OpaAgent> =>
  until(
    async () => (await ask<{ items: OpaAgent[] }>('acme_owner', '/v1/opa/agents')).items.find(fits),
    () => `no such agent is listed:\n${opa.said()}`,
  )

beforeAll(async () => {
  service = await testService()
  engine = await loadPolicy(await readShippedBundle())
  const cases = soundCases(await readPolicyFolder(join(packageRoot(), 'policies')))
  golden = [...Map.groupBy(cases, ({ gate }) => gate).values()].flatMap((ofGate) => ofGate.slice(0, 3))
  const account = { name: 'Envoy', kind: 'service_account', roles: ['opa_agent'] }
  const { id } = await ask<{ id: string }>('acme_owner', '/v1/people', account)
  const key = await ask<{ secret: string }>('acme_owner', '/v1/keys', { name: 'opa', principal_id: id })
  token = key.secret
  proxy = await between(service.url)
  const credentials = { bearer: { token } }
  opa = await startOpa({
    services: { gatehouse: { url: `${proxy.url}/v1/opa`, credentials } },
    discovery: { service: 'gatehouse', resource: '/discovery' },
    labels: { app: 'envoy' },
  })
}, 120_000)
afterAll(async () => {
  await opa?.stop()
  await proxy?.stop()
  await service?.stop()
})

describe('a stock OPA with nothing but a configuration and a token', () => {
  it('answers as we do, byte for byte, at every gate', async () => {
    expect(new Set(golden.map(({ gate }) => gate)).size).toBe(7)
    for (const one of golden) expect([one.name, await ofOpa(one)]).toEqual([one.name, ofOurs(one)])
  })

  it('is told 304 while nothing changes', async () => {
    expect(proxy.bundleAnswers[0]).toBe(200)
    await until(async () => proxy.bundleAnswers.includes(304) || undefined, opa.said)
    expect(new Set(proxy.bundleAnswers)).toEqual(new Set([200, 304]))
  }, 30_000)

  it('is listed with the policy that it decides by', async () => {
    const listed = await agent(({ active_revision }) => active_revision !== null)
    expect(listed).toMatchObject({ active_revision: engine.revision, follows: true, errors: [], refused_events: 0 })
    expect(listed.labels).toMatchObject({ app: 'envoy', id: listed.id })
    expect(listed.version).toMatch(/^\d+\.\d+\.\d+/)
  }, 30_000)

  it('leaves its decisions beside ours', async () => {
    const path = '/v1/opa/decisions?limit=200'
    const all = await until(
      async () => {
        const { items } = await ask<{ items: AgentDecision[] }>('acme_owner', path)
        return items.length >= golden.length ? items : undefined
      },
      () => `decisions are missing:\n${opa.said()}`,
    )
    expect(all).toHaveLength(golden.length)
    const { id } = await agent(() => true)
    for (const one of all)
      expect(one).toMatchObject({
        ...{ source: 'agent', agent: id, revision: engine.revision, masked: false, replayable: true, error: null },
        path: `governance/${one.gate}/decision`,
      })
    expect(all.map(({ outcome }) => outcome).toSorted()).toEqual(golden.map((one) => one.expect.outcome).toSorted())
    expect((await ask<{ items: unknown[] }>('globex_owner', path)).items).toEqual([])
    expect((await ask<{ items: unknown[] }>('operator', path)).items).toHaveLength(golden.length)
  }, 30_000)

  it.each<[string, RegExp, boolean]>([
    ['changed after it was signed', /call\.rego/, true],
    ['not signed', /signatures/, false],
  ])(
    'keeps the policy it has when it is given one that was %s, and says so',
    async (_what, words, isSigned) => {
      const inside = new Map(await readBundle((await fetched()).archive))
      const file = 'governance/call/call.rego'
      inside.set(
        file,
        Buffer.from(`${Buffer.from(inside.get(file)!).toString()}\nallow contains "call.free" if true\n`),
      )
      if (!isSigned) inside.delete(OPA_SIGNATURES)
      proxy.forge((await packBundle(inside)).bytes)
      const told = await agent(({ errors }) => errors.some((error) => words.test(error)))
      expect(told).toMatchObject({ active_revision: engine.revision, follows: true })
      for (const one of golden) expect([one.name, await ofOpa(one)]).toEqual([one.name, ofOurs(one)])
    },
    30_000,
  )
})

const fetched = async (headers: Record<string, string> = {}) => {
  const reply = await fetch(`${service.url}/v1/opa/bundles/gatehouse`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
  return { reply, archive: new Uint8Array(await reply.arrayBuffer()) }
}

/** What an agent is told to do, as it would be written into its own file. */
const discovered = async () => {
  const reply = await fetch(`${service.url}/v1/opa/discovery`, { headers: { authorization: `Bearer ${token}` } })
  const files = await readBundle(new Uint8Array(await reply.arrayBuffer()))
  return JSON.parse(Buffer.from(files.get('data.json')!).toString()) as {
    keys: Record<string, { algorithm: string; key: string }>
    bundles: { gatehouse: object }
  }
}

describe('a stock OPA that brings the key itself', () => {
  const started = async (key: string) => {
    const { keys, bundles, ...config } = await discovered()
    const [keyid = ''] = Object.keys(keys)
    const whole = {
      services: { gatehouse: { url: `${service.url}/v1/opa`, credentials: { bearer: { token } } } },
      keys: { [keyid]: { ...keys[keyid], key: key || keys[keyid]!.key } },
      bundles: { gatehouse: { ...bundles.gatehouse, signing: { keyid } } },
      ...config,
    }
    return startOpa(whole, /Bundle load failed/)
  }

  it('takes the bundle without discovery', async () => {
    const pinned = await started('')
    const { result } = (await (await fetch(`${pinned.url}/v1/data/platform`)).json()) as { result: unknown }
    await pinned.stop()
    expect(result).toBeDefined()
  }, 30_000)

  it('takes none that another key signed', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const other = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    await expect(started(other)).rejects.toThrow(/signature/)
  }, 30_000)
})

describe('the bundle', () => {
  it('is named by its revision, and sent once', async () => {
    const { reply } = await fetched()
    expect(reply.headers.get('etag')).toBe(`"${engine.revision}"`)
    expect(reply.headers.get('content-type')).toBe('application/vnd.openpolicyagent.bundles')
    const again = await fetched({ 'if-none-match': `"sha256:older", "${engine.revision}"`, prefer: 'modes=snapshot' })
    expect([again.reply.status, again.archive.byteLength]).toEqual([304, 0])
    expect(again.reply.headers.get('etag')).toBe(`"${engine.revision}"`)
  })

  it.each([
    ['/v1/opa/bundles/gatehouse', 'acme_member'],
    ['/v1/opa/discovery', 'acme_member'],
  ])('%s is for agents only, and a refusal goes on record', async (path, as) => {
    const refused = await send(as, path)
    expect(refused.status).toBe(403)
    const { items } = await ask<{ items: { reasons: string[] }[] }>(
      'operator',
      '/v1/decisions?action=agent.connect&outcome=deny',
    )
    expect(items[0]?.reasons).toContain('admin.scope_missing')
  })

  it('may be told in pieces and at length, and is told where nothing was', async () => {
    const logs = async (body?: string): Promise<Response> =>
      fetch(`${service.url}/v1/opa/logs`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body }),
      })
    const event = { labels: { id: 'at-length' }, timestamp: '2026-11-26T02:41:20Z', input: {}, result: {} }
    const events = Array.from({ length: 1_000 }, (_, at) => ({ ...event, decision_id: `at-length-${at}` }))
    const text = JSON.stringify(events)
    expect(text.length).toBeGreaterThan(64 * 1024)
    const long = await logs(text)
    expect([long.status, await long.json()]).toEqual([200, { kept: 1_000, refused: 0 }])
    const none = await logs()
    expect([none.status, ((await none.json()) as { code: string }).code]).toEqual([400, 'request.malformed_json'])
  })

  it('is all that an agent may have', async () => {
    expect((await send(token, '/v1/people')).status).toBe(403)
    expect((await send(token, '/v1/opa/agents')).status).toBe(403)
  })
})
