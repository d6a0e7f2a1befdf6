import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Artifact } from '#runtime/admission/artifact.js'
import type { ExecutionResult, Job } from '#runtime/slots/job.js'
import type { Slots } from '#runtime/slots/slots.js'
import { VERSATILE_JS } from '#runtime/testing/guests.js'
import { artifactOfSource, HostFake, jobFor, LIMITS, requestTo } from '#runtime/testing/slot-fixture.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import { liveKills, openPlace, PLACES, type Place } from './testing/remote-ground.js'

const words = ({ outcome, response, error }: ExecutionResult) =>
  response ? Buffer.from(response.body).toString() : `${outcome}: ${error ?? ''}`

describe.each(PLACES)('a call that runs %s', (where) => {
  let versatile: Artifact
  let place: Place
  let slots: Slots
  let kill: KillState

  beforeAll(async () => {
    versatile = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    kill = liveKills()
    place = await openPlace(where, { kill, artifacts: () => [versatile] })
    ;({ slots } = place)
  }, 60_000)
  afterAll(() => place?.close())

  const run = (path: string, changes: Partial<Job> = {}, host = new HostFake()) =>
    slots.execute(jobFor(versatile, path, changes), host)

  it('gets its request, and its answer comes back with what it used', async () => {
    const request = {
      ...requestTo('/echo', 'body'),
      params: [['id', '7'] as const],
      headers: [['accept', '*/*'] as const],
    }
    const result = await run('/echo', { request })
    expect(words(result)).toBe('["GET",[["id","7"]],[],[["accept","*/*"]],4]')
    expect(result.usage).toMatchObject({ host_calls: 0, output_bytes: result.response!.body.length })
    expect(result.usage.fuel).toBeGreaterThan(1000)
    expect(result.usage.memory_bytes).toBeGreaterThan(65_536)
  })

  it('finds its instance as it was, each time', async () => {
    expect(words(await run('/count'))).toBe('1/1')
    expect(words(await run('/count'))).toBe('1/1')
  })

  it('has its host calls answered, refused and posted, in their order', async () => {
    const host = new HostFake()
    const request = requestTo('/kv', 'kept')
    expect(words(await run('/kv', { request }, host))).toBe('none')
    expect(words(await run('/kv', { request }, host))).toBe('kept')
    expect(host.asked).toEqual(['kv.get', 'kv.set', 'kv.get', 'kv.set'])
    expect(words(await run('/refused'))).toContain('capability.undeclared')
    expect(words(await run('/log', {}, host))).toBe('logged')
    expect(host.posted.map(([name]) => name)).toEqual(['log.write', 'log.write'])
  })

  it.each<[string, string, Partial<typeof LIMITS>]>([
    ['/loop', 'fuel_exhausted', { fuel: 5_000_000 }],
    ['/loop', 'time_exceeded', { wall_ms: 100, fuel: 1e12 }],
    ['/grow', 'memory_exhausted', {}],
    ['/output', 'output_exceeded', {}],
    ['/storm', 'host_calls_exhausted', {}],
    ['/wait', 'time_exceeded', { wall_ms: 100 }],
    ['/throw-error', 'guest_error', {}],
  ])('%s ends as %s', async (path, outcome, limits) => {
    const result = await run(path, { limits: { ...LIMITS, ...limits } })
    expect(result.outcome).toBe(outcome)
  })

  it('goes the same way where its time and seed are fixed', async () => {
    const fixed = { nowMs: 1_700_000_000_000, seed: new Uint8Array(32).fill(7) }
    const [one, other] = [await run('/fixed', { fixed }), await run('/fixed', { fixed })]
    expect(words(one)).toMatch(/^1700000000000,/)
    expect(words(other)).toBe(words(one))
    expect(other.usage.fuel).toBe(one.usage.fuel)
  })

  it('is ended while it runs, by whoever asked for it and by a kill switch', async () => {
    const stop = new AbortController()
    const host = new HostFake()
    host.onCall = () => stop.abort()
    expect((await slots.execute(jobFor(versatile, '/wait'), host, stop.signal)).outcome).toBe('killed')
    host.onCall = () => slots.end(({ tenantId }) => tenantId === 'other')
    const other = slots.execute(jobFor(versatile, '/wait', { tenantId: 'other' }), host)
    expect((await other).outcome).toBe('killed')
    expect(words(await run('/count'))).toBe('1/1')
  })

  it('is refused where its artifact cannot be had', async () => {
    const artifact = { digest: `sha256:${'0'.repeat(64)}`, folder: '/nowhere' }
    await expect(run('/count', { artifact })).rejects.toThrow()
    expect(words(await run('/count'))).toBe('1/1')
  })
})
