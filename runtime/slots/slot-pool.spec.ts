import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Artifact } from '../admission/artifact.js'
import { detectWall } from '../launcher/probe.js'
import type { WallKind } from '../launcher/walls.js'
import { COUNTING_WAT, VERSATILE_JS } from '../testing/guests.js'
import { artifactOfSource, HostFake, jobFor, LIMITS, requestTo } from '../testing/slot-fixture.js'
import type { ExecutionResult, Job } from './job.js'
import { SlotPool } from './slot-pool.js'

const words = (result: ExecutionResult) =>
  result.outcome === 'ok' ? Buffer.from(result.response!.body).toString() : `${result.outcome}: ${result.error ?? ''}`

describe('SlotPool', () => {
  let wall: WallKind
  let versatile: Artifact
  let counting: Artifact
  let trapping: Artifact
  let looping: Artifact
  let pool: SlotPool
  const afterwards: SlotPool[] = []
  const poolOf = (size: number, maxQueued = 16) =>
    new SlotPool({
      size,
      maxQueued,
      wall,
      readArtifact: async ({ digest }) => {
        const found = [versatile, counting, trapping, looping].find((artifact) => artifact.digest === digest)
        if (found === undefined) throw new Error('no such artifact')
        return found
      },
    })
  const run = (path: string, changes: Partial<Job> = {}, host = new HostFake()) =>
    pool.execute(jobFor(versatile, path, changes), host)

  beforeAll(async () => {
    ;({ kind: wall } = await detectWall())
    versatile = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    counting = await artifactOfSource({ wat: COUNTING_WAT })
    trapping = await artifactOfSource({
      wat: COUNTING_WAT.replace('global.get $count', 'unreachable global.get $count'),
    })
    looping = await artifactOfSource({
      wat: COUNTING_WAT.replace('global.get $count', '(loop $again (br $again)) global.get $count'),
    })
    pool = poolOf(2)
  }, 60_000)
  afterAll(() => Promise.all([pool, ...afterwards].map((each) => each.close())))

  it('gives the request to the guest and its answer back', async () => {
    const request = {
      ...requestTo('/echo', 'body'),
      params: [['id', '7'] as const],
      query: [['q', 'x']] as const,
      headers: [['accept', '*/*']] as const,
    }
    const result = await run('/echo', { request })
    expect(words(result)).toBe('["GET",[["id","7"]],[["q","x"]],[["accept","*/*"]],4]')
    expect(result.usage.fuel).toBeGreaterThan(1000)
    expect(result.usage.memory_bytes).toBeGreaterThan(65_536)
    expect(result.usage.output_bytes).toBe(result.response!.body.length)
  })

  it('lets each invocation find the instance as it was, as if it were the first', async () => {
    const first = await run('/count')
    const more = [await run('/count'), await run('/count'), await run('/count')]
    expect(more.map(words)).toEqual(['1/1', '1/1', '1/1'])
    expect(more.map(({ usage }) => usage.fuel)).toEqual([1, 2, 3].map(() => first.usage.fuel))
  })

  it('puts globals and memory of a core module back', async () => {
    for (let round = 0; round < 3; round++) {
      const result = await pool.execute(jobFor(counting, '/'), new HostFake())
      expect([...result.response!.body]).toEqual([1, 1])
    }
  })

  it('makes a new instance after memory grew', async () => {
    expect(words(await run('/grow-some'))).toBe(String(8 << 20))
    const after = await run('/count')
    expect(words(after)).toBe('1/1')
    expect(after.usage.memory_bytes).toBeLessThan(8 << 20)
  })

  describe('limits', () => {
    it.each([
      ['fuel_exhausted', '/loop', { fuel: 5_000_000 }],
      ['memory_exhausted', '/grow', {}],
      ['memory_exhausted', '/grow-some', { memory_bytes: 4 << 20 }],
      ['output_exceeded', '/output', {}],
      ['output_exceeded', '/headers', { output_bytes: 1000 }],
      ['host_calls_exhausted', '/storm', {}],
      ['host_calls_exhausted', '/storm-caught', {}],
      ['host_calls_exhausted', '/log-storm', {}],
      ['time_exceeded', '/wait', { wall_ms: 100 }],
      ['time_exceeded', '/loop', { wall_ms: 100, fuel: 1e12 }],
      ['guest_error', '/throw', {}],
      ['guest_error', '/throw-error', {}],
      ['guest_error', '/no-such-path', {}],
    ])('%s by %s', async (outcome, path, limits) => {
      const result = await run(path, { limits: { ...LIMITS, ...limits } })
      expect(result.outcome).toBe(outcome)
      expect(result.usage.wall_ms).toBeGreaterThan(0)
      expect(words(await run('/count'))).toBe('1/1')
    })

    it('tells usage as far as it is known when a slot was killed', async () => {
      const { outcome, usage } = await run('/wait', { limits: { ...LIMITS, wall_ms: 1_000 } })
      expect(outcome).toBe('time_exceeded')
      expect(usage).toMatchObject({ host_calls: 1, output_bytes: 0 })
      expect(usage.fuel).toBeGreaterThan(0)
    })

    it('counts fuel the same on every run', async () => {
      const [first, second] = [await run('/echo'), await run('/echo')]
      expect(first.usage.fuel).toBe(second.usage.fuel)
    })
  })

  it('tells a trap from an answer', async () => {
    expect(await pool.execute(jobFor(trapping, '/'), new HostFake())).toMatchObject({ outcome: 'trap' })
    expect(await pool.execute(jobFor(trapping, '/'), new HostFake())).toMatchObject({ outcome: 'trap' })
  })

  describe('host calls', () => {
    it('carry bytes both ways', async () => {
      const host = new HostFake()
      host.store.set('a', Buffer.from('before'))
      expect(words(await run('/kv', { request: requestTo('/kv', 'after') }, host))).toBe('before')
      expect(Buffer.from(host.store.get('a')!).toString()).toBe('after')
    })

    it('give a refusal with its decision', async () => {
      expect(words(await run('/refused'))).toContain('capability.undeclared')
    })

    it('post log lines in order, counted', async () => {
      const host = new HostFake()
      const { usage } = await run('/log', {}, host)
      expect(host.posted.map(([, { level, message }]) => [level, message])).toEqual([
        ['warn', 'first'],
        ['error', 'second'],
      ])
      expect(usage.host_calls).toBe(2)
    })

    it('offer random bytes that differ and a clock', async () => {
      expect(words(await run('/random'))).not.toBe(words(await run('/random')))
      expect(words(await run('/now'))).toBe('number')
    })
  })

  it('gives a guest nothing of Node', async () => {
    expect(words(await run('/globals'))).toBe('["undefined","undefined","undefined","undefined"]')
  })

  describe('ending', () => {
    it('kills what runs and matches, and nothing else', async () => {
      const host = new HostFake()
      const started = new Promise<void>((resolve) => (host.onCall = () => resolve()))
      const doomed = run('/wait', { labels: { install: 'doomed' } }, host)
      await started
      const neighbour = run('/count')
      expect(pool.end(({ labels }) => labels['install'] === 'doomed')).toBe(1)
      expect((await doomed).outcome).toBe('killed')
      expect(words(await neighbour)).toBe('1/1')
    })

    it('kills at an abort, before and after it starts', async () => {
      const controller = new AbortController()
      const host = new HostFake()
      host.onCall = () => controller.abort()
      expect((await pool.execute(jobFor(versatile, '/wait'), host, controller.signal)).outcome).toBe('killed')
      expect((await pool.execute(jobFor(versatile, '/count'), host, controller.signal)).outcome).toBe('killed')
    })
  })

  describe('placement', () => {
    it('serves more tenants than there are slots', async () => {
      const tenants = ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd']
      const results = await Promise.all(tenants.map((tenantId) => run('/count', { tenantId })))
      expect(results.map(words)).toEqual(tenants.map(() => '1/1'))
      expect(pool.snapshot().members).toBeLessThanOrEqual(2)
    })

    it('finds another slot for who was to follow a call that turned out long', async () => {
      const versed = new SlotPool({ size: 2, spread: 1, wall, readArtifact: async () => versatile })
      afterwards.push(versed)
      // Short calls, until the slot is known to be quick.
      for (let calls = 0; calls < 40; calls++) await versed.execute(jobFor(versatile, '/now'), new HostFake())
      const host = new HostFake()
      const started = new Promise<void>((resolve) => (host.onCall = () => resolve()))
      const stuck = versed.execute(jobFor(versatile, '/wait'), host)
      await started
      expect((await versed.execute(jobFor(versatile, '/now'), new HostFake())).outcome).toBe('ok')
      expect(versed.snapshot().members).toBe(2)
      expect(versed.end(() => true)).toBe(1)
      expect((await stuck).outcome).toBe('killed')
    })

    it('leaves others their places, whatever code does that runs into its limits', async () => {
      const shared = poolOf(2)
      afterwards.push(shared)
      const loop = (tenantId: string, wall_ms = 5_000) =>
        shared.execute(jobFor(looping, '/', { tenantId, limits: { ...LIMITS, fuel: 1e12, wall_ms } }), new HostFake())
      for (const tenantId of ['a', 'b', 'c']) expect((await loop(tenantId, 50)).outcome).toBe('time_exceeded')
      const unruly = ['a', 'b', 'c'].map((tenantId) => loop(tenantId))
      // Of three that never end one runs; the other place is there for whoever comes.
      for (const tenantId of ['d', 'e', 'd'])
        expect(words(await shared.execute(jobFor(counting, '/', { tenantId }), new HostFake()))).toBe('\x01\x01')
      expect(shared.snapshot()).toMatchObject({ members: 2, busy: 1, waiting: 2 })
      expect(shared.end(() => true)).toBe(3)
      await Promise.all(unruly)
    })

    it('holds it against nobody that they waited for what is outside until their time was over', async () => {
      const shared = poolOf(2)
      afterwards.push(shared)
      const wait = (tenantId: string, wall_ms: number) =>
        shared.execute(jobFor(versatile, '/wait', { tenantId, limits: { ...LIMITS, wall_ms } }), new HostFake())
      for (const tenantId of ['a', 'b', 'a', 'b']) expect((await wait(tenantId, 300)).outcome).toBe('time_exceeded')
      const both = ['a', 'b'].map((tenantId) => wait(tenantId, 5_000))
      while (shared.snapshot().waiting > 0) await setTimeout(5)
      expect(shared.snapshot()).toMatchObject({ members: 2, busy: 2, waiting: 0 })
      expect(shared.end(() => true)).toBe(2)
      await Promise.all(both)
    })

    it('refuses when too much waits, and lets a waiting job run out of time', async () => {
      const small = poolOf(1, 1)
      afterwards.push(small)
      const host = new HostFake()
      const started = new Promise<void>((resolve) => (host.onCall = () => resolve()))
      const running = small.execute(jobFor(versatile, '/wait'), host)
      await started
      const waiting = small.execute(jobFor(versatile, '/count', { deadline: Date.now() + 50 }), host)
      await expect(small.execute(jobFor(versatile, '/count'), host)).rejects.toMatchObject({ code: 'slots.overloaded' })
      expect(await waiting).toMatchObject({ outcome: 'time_exceeded', usage: { fuel: 0 } })
      await small.close()
      expect((await running).outcome).toBe('killed')
      await expect(small.execute(jobFor(versatile, '/count'), host)).rejects.toMatchObject({ code: 'slots.closed' })
    })

    it('ends a job while its slot is being opened, and gives that slot to the next', async () => {
      const read = Promise.withResolvers<Artifact>()
      const slow = new SlotPool({ size: 1, wall, readArtifact: () => read.promise })
      afterwards.push(slow)
      const late = await slow.execute(jobFor(versatile, '/count', { deadline: Date.now() }), new HostFake())
      expect(late).toMatchObject({ outcome: 'time_exceeded', usage: { host_calls: 0 } })
      read.resolve(versatile)
      expect(words(await slow.execute(jobFor(versatile, '/count'), new HostFake()))).toBe('1/1')
    })

    it('kills a job whose slot is being opened', async () => {
      const slow = new SlotPool({ size: 1, wall, readArtifact: () => new Promise<Artifact>(() => undefined) })
      afterwards.push(slow)
      const running = slow.execute(jobFor(versatile, '/count'), new HostFake())
      expect(slow.end(() => true)).toBe(1)
      expect((await running).outcome).toBe('killed')
    })

    it('passes on why an artifact could not be read', async () => {
      const job = jobFor(versatile, '/count', { artifact: { digest: 'sha256:missing', folder: '' } })
      await expect(pool.execute(job, new HostFake())).rejects.toThrow('no such artifact')
    })
  })
})
