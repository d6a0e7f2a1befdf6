import { afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Artifact } from '../admission/artifact.js'
import { detectWall } from '../launcher/probe.js'
import type { WallKind } from '../launcher/walls.js'
import { VERSATILE_JS } from '../testing/guests.js'
import { artifactOfSource, HostFake, jobFor, LIMITS } from '../testing/slot-fixture.js'
import type { HostAnswer, Job } from './job.js'
import { Slot } from './slot.js'

/** Answers no host call until it is told to. */
class SlowHost extends HostFake {
  readonly asked$ = Promise.withResolvers<void>()
  readonly answer$ = Promise.withResolvers<HostAnswer>()

  override call(): Promise<HostAnswer> {
    this.asked$.resolve()
    return this.answer$.promise
  }
}

describe('jobs that are sent ahead to a slot', () => {
  let wall: WallKind
  let artifact: Artifact
  const slots: Slot[] = []
  beforeAll(async () => {
    ;({ kind: wall } = await detectWall())
    artifact = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
  }, 60_000)
  afterEach(() => slots.splice(0).forEach((slot) => slot.end()))

  /** A slot whose first job waits for a host call, with others behind it. */
  const lineOf = async (behind: readonly Job[]) => {
    const slot = await Slot.boot(wall)
    slots.push(slot)
    await slot.load(artifact)
    const host = new SlowHost()
    const first = slot.execute(jobFor(artifact, '/wait', { labels: { install: 'first' } }), host)
    await host.asked$.promise
    return { slot, host, first, others: behind.map((job) => slot.execute(job, new HostFake())) }
  }
  const count = (changes: Partial<Job> = {}) => jobFor(artifact, '/count', changes)
  const outcomes = async (results: readonly ReturnType<Slot['execute']>[]) =>
    (await Promise.all(results)).map((result) => result?.outcome)

  it('run after it in their order, each on a pristine instance', async () => {
    const { host, first, others } = await lineOf([count(), count()])
    host.answer$.resolve({ ok: null })
    expect((await first)?.outcome).toBe('ok')
    const bodies = (await Promise.all(others)).map((result) => Buffer.from(result!.response!.body).toString())
    expect(bodies).toEqual(['1/1', '1/1'])
  })

  it('are given back untouched when the slot dies before their turn', async () => {
    const { slot, first, others } = await lineOf([count(), count()])
    slot.kill(({ labels }) => labels['install'] === 'first')
    expect(await outcomes([first, ...others])).toEqual(['killed', undefined, undefined])
    expect(slot.alive).toBe(false)
    expect(await slot.execute(count(), new HostFake())).toBeUndefined()
  })

  it('are killed alone: the one at work goes on, and the slot ends before what was killed can run', async () => {
    const { slot, host, first, others } = await lineOf([count({ labels: { install: 'doomed' } }), count()])
    expect(slot.kill(({ labels }) => labels['install'] === 'doomed')).toBe(1)
    expect(slot.alive).toBe(true)
    host.answer$.resolve({ ok: null })
    expect(await outcomes([first, ...others])).toEqual(['ok', 'killed', undefined])
    expect(slot.alive).toBe(false)
  })

  it('run out of time while they wait', async () => {
    const { host, first, others } = await lineOf([count({ limits: { ...LIMITS, wall_ms: 20 } }), count()])
    expect((await others[0])?.outcome).toBe('time_exceeded')
    host.answer$.resolve({ ok: null })
    expect(await outcomes([first, others[1]!])).toEqual(['ok', undefined])
  })
})
