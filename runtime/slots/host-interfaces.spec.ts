import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Artifact } from '../admission/artifact.js'
import { detectWall } from '../launcher/probe.js'
import { artifactOfSource, HostFake, jobFor } from '../testing/slot-fixture.js'
import type { HostAnswer } from './job.js'
import { Slot } from './slot.js'

const GUEST_JS = `
import { read, scan, transact } from 'gatehouse:extension/kv@0.1.0'
import { publish } from 'gatehouse:extension/events@0.1.0'
import { all, get } from 'gatehouse:extension/config@0.1.0'
import { record } from 'gatehouse:extension/metrics@0.1.0'
const encode = (text) => Uint8Array.from(text, (character) => character.codePointAt(0))
const readable = (_key, value) => (value instanceof Uint8Array ? value.length : value)
const version = 281474976710655
const attempts = {
  '/read': () => [read('a'), read('none') ?? 'absent'],
  '/scan': () => [scan('a/', null, 2), scan('a/', 'a/2', 2)],
  '/transact': () => transact([
    { tag: 'put', val: { key: 'a', value: new Uint8Array(3), ttlSeconds: 60, expect: { tag: 'version', val: version } } },
    { tag: 'delete', val: { key: 'b', expect: { tag: 'anything' } } },
    { tag: 'check', val: { key: 'c', expect: { tag: 'absent' } } },
  ]).map((each) => each ?? 'none'),
  '/conflict': () => { try { transact([]); return 'done' } catch (error) { return error.payload } },
  '/config': () => [get('limit'), get('none') ?? 'absent', all()],
  '/event': () => publish('com.example.x.done', '{"files":1}'),
  '/metrics': () => { record({ kind: 'counter', name: 'files', value: 2.5, labels: [['kind', 'lock']] }); return 'recorded' },
}
export function handle({ path }) {
  return { status: 200, headers: [], body: encode(JSON.stringify(attempts[path](), readable)) }
}`

/** Answers as the broker would, from a list by host call. */
class ScriptedHost extends HostFake {
  readonly seen: unknown[] = []
  constructor(private readonly answers: readonly HostAnswer[]) {
    super()
  }
  override async call(name: string, args: Readonly<Record<string, unknown>>): Promise<HostAnswer> {
    this.seen.push([name, { ...args }])
    return this.answers[this.seen.length - 1]!
  }
}

describe('a guest in a slot', () => {
  let artifact: Artifact
  let slot: Slot
  beforeAll(async () => {
    artifact = await artifactOfSource({ js: GUEST_JS }, ['config', 'events', 'kv', 'metrics'])
    slot = await Slot.boot((await detectWall()).kind)
    await slot.load(artifact)
  }, 60_000)
  afterAll(() => slot.end())

  const run = async (path: string, answers: readonly HostAnswer[] = []) => {
    const host = new ScriptedHost(answers)
    const result = await slot.execute(jobFor(artifact, path), host)
    expect(result).toMatchObject({ outcome: 'ok' })
    return { host, said: JSON.parse(Buffer.from(result!.response!.body).toString()) as unknown }
  }

  it('reads entries with their version', async () => {
    const entry = { value: Buffer.from('xyz'), version: 281474976710655, expires_at_ms: 1795000000000 }
    const { said } = await run('/read', [{ ok: entry }, { ok: null }])
    expect(said).toEqual([{ value: 3, version: 281474976710655, expiresAtMs: 1795000000000 }, 'absent'])
  })

  it('lists page by page', async () => {
    const pages = [{ ok: { keys: ['a/1', 'a/2'], next: 'a/2' } }, { ok: { keys: [], next: null } }]
    const { said, host } = await run('/scan', pages)
    expect(said).toEqual([
      { keys: ['a/1', 'a/2'], next: 'a/2' },
      { keys: [], next: null },
    ])
    expect(host.seen).toEqual([
      ['kv.scan', { prefix: 'a/', after: null, limit: 2 }],
      ['kv.scan', { prefix: 'a/', after: 'a/2', limit: 2 }],
    ])
  })

  it('changes several entries at once', async () => {
    const { said, host } = await run('/transact', [{ ok: [7, null, null] }])
    expect(said).toEqual([7, 'none', 'none'])
    const [[name, { operations }]] = host.seen as [[string, { operations: object[] }]]
    expect(name).toBe('kv.transact')
    expect(operations.map((each) => ({ ...each }))).toEqual([
      { kind: 'put', key: 'a', value: Buffer.alloc(3), ttl_s: 60, expect: 281474976710655 },
      { kind: 'delete', key: 'b', expect: 'anything' },
      { kind: 'check', key: 'c', expect: 'absent' },
    ])
  })

  it('learns why nothing was changed', async () => {
    const { said } = await run('/conflict', [{ error: { code: 'kv.conflict', message: 'no' } }])
    expect(said).toMatchObject({ code: 'kv.conflict', message: 'no' })
  })

  it('reads its settings', async () => {
    const { said } = await run('/config', [{ ok: '5' }, { ok: null }, { ok: '{"limit":5}' }])
    expect(said).toEqual(['5', 'absent', '{"limit":5}'])
  })

  it('publishes an event and learns its id', async () => {
    const { said, host } = await run('/event', [{ ok: 'event-1' }])
    expect(said).toBe('event-1')
    expect(host.seen).toEqual([['events.publish', { type: 'com.example.x.done', data: '{"files":1}' }]])
  })

  it('measures without waiting', async () => {
    const { said, host } = await run('/metrics')
    expect(said).toBe('recorded')
    expect(host.posted).toEqual([
      ['metrics.record', { kind: 'counter', name: 'files', value: 2.5, labels: [['kind', 'lock']] }],
    ])
  })
})
