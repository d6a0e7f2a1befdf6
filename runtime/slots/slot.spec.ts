import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Artifact } from '../admission/artifact.js'
import { detectWall } from '../launcher/probe.js'
import type { WallKind } from '../launcher/walls.js'
import { VERSATILE_JS } from '../testing/guests.js'
import { artifactOfSource, HostFake, jobFor, LIMITS } from '../testing/slot-fixture.js'
import type { HostAnswer, Job } from './job.js'
import { HELD_UP_MS } from './execution.js'
import { Slot } from './slot.js'

/** Answers host calls one after another, each when it is told to. */
class SlowHost extends HostFake {
  private readonly calls: PromiseWithResolvers<HostAnswer>[] = []
  private seen = Promise.withResolvers<void>()

  override call(): Promise<HostAnswer> {
    const call = Promise.withResolvers<HostAnswer>()
    this.calls.push(call)
    this.seen.resolve()
    return call.promise
  }

  /** Once a host call waits. */
  async isAsked(): Promise<void> {
    await this.seen.promise
    this.seen = Promise.withResolvers<void>()
  }

  answer(): void {
    this.calls.shift()!.resolve({ ok: null })
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

  /** A slot whose first job waits for its first of two host calls, with others behind it. */
  const lineOf = async (behind: readonly Job[]) => {
    const slot = await Slot.boot(wall)
    slots.push(slot)
    await slot.load(artifact)
    const host = new SlowHost()
    const first = slot.execute(jobFor(artifact, '/kv', { labels: { install: 'first' } }), host)
    await host.isAsked()
    return { slot, host, first, others: behind.map((job) => slot.execute(job, new HostFake())) }
  }
  const count = (changes: Partial<Job> = {}) => jobFor(artifact, '/count', changes)
  const doomed = (job: Job) => job.labels['install'] === 'doomed'
  const outcomes = async (results: readonly ReturnType<Slot['execute']>[]) =>
    (await Promise.all(results)).map((result) => result?.outcome)
  /** The first job gets both answers; the one behind it was sent with the first of them. */
  const answerBoth = async (host: SlowHost) => {
    host.answer()
    await host.isAsked()
    host.answer()
  }

  it('run after it in their order, each on a pristine instance', async () => {
    const { host, first, others } = await lineOf([count(), count()])
    await answerBoth(host)
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

  /** Time as slots see it, which stands still until a test lets it pass: this machine may be busy with others. */
  const standingClock = (): { pass(ms: number): void } => {
    let now = performance.now()
    jest.spyOn(performance, 'now').mockImplementation(() => now)
    return { pass: (ms) => void (now += ms) }
  }
  afterEach(() => void jest.restoreAllMocks())

  it('can be taken back while they have not been sent', async () => {
    standingClock()
    const { slot, host, first, others } = await lineOf([count(), count()])
    host.answer()
    await host.isAsked()
    slot.giveBack()
    host.answer()
    expect(await outcomes([first, ...others])).toEqual(['ok', 'ok', undefined])
  })

  it('are killed alone: what was not sent never runs', async () => {
    const { slot, host, first, others } = await lineOf([count({ labels: { install: 'doomed' } }), count()])
    slot.kill(doomed)
    await answerBoth(host)
    expect(await outcomes([first, ...others])).toEqual(['ok', 'killed', 'ok'])
    expect(slot.alive).toBe(true)
  })

  it('are killed alone: with what was sent the slot ends before its turn, and takes nothing more', async () => {
    const { slot, host, first, others } = await lineOf([count({ labels: { install: 'doomed' } }), count()])
    host.answer()
    await host.isAsked()
    slot.kill(doomed)
    expect([slot.alive, slot.pace]).toEqual([true, 'slow'])
    host.answer()
    expect(await outcomes([first, ...others])).toEqual(['ok', 'killed', undefined])
    expect(slot.alive).toBe(false)
  })

  describe('to one that is quick', () => {
    let clock: ReturnType<typeof standingClock>
    beforeEach(() => void (clock = standingClock()))
    /** As `lineOf`, after a call that shows that it is. */
    const quickLineOf = async (behind: readonly Job[]) => {
      const slot = await Slot.boot(wall)
      slots.push(slot)
      await slot.load(artifact)
      await slot.execute(count(), new HostFake())
      const host = new SlowHost()
      const first = slot.execute(jobFor(artifact, '/kv', { labels: { install: 'first' } }), host)
      const others = behind.map((job) => slot.execute(job, new HostFake()))
      await host.isAsked()
      return { slot, host, first, others }
    }

    it('are there before their turn, and taken back only once it keeps them waiting for long', async () => {
      const host = new HostFake()
      const { slot, host: slow, first, others } = await quickLineOf([jobFor(artifact, '/kv'), count()])
      slot.giveBack()
      expect(slot.leftovers).toBe(0)
      clock.pass(HELD_UP_MS + 1)
      slot.giveBack()
      expect(await outcomes(others)).toEqual([undefined, undefined])
      const next = slot.execute(jobFor(artifact, '/kv'), host)
      await answerBoth(slow)
      expect(await outcomes([first, next])).toEqual(['ok', 'ok'])
      expect(host.asked).toHaveLength(2)
      expect(slot.alive).toBe(true)
    })

    it('reach nothing once they were taken back', async () => {
      const { slot, host, first } = await quickLineOf([])
      const reached = new HostFake()
      const taken = slot.execute(jobFor(artifact, '/kv'), reached)
      clock.pass(HELD_UP_MS + 1)
      slot.giveBack()
      await answerBoth(host)
      const after = await slot.execute(count(), new HostFake())
      expect(await outcomes([first, taken])).toEqual(['ok', undefined])
      expect(Buffer.from(after!.response!.body).toString()).toBe('1/1')
      expect(reached.asked).toEqual([])
    })

    it('are ended by an order also where they would only run out, and the slot before their turn', async () => {
      const { slot, host, first, others } = await quickLineOf([count({ labels: { install: 'doomed' } })])
      clock.pass(HELD_UP_MS + 1)
      slot.giveBack()
      slot.kill(doomed)
      await answerBoth(host)
      expect(await outcomes([first, ...others])).toEqual(['ok', undefined])
      expect(slot.alive).toBe(false)
    })

    it('end alone where they were taken back, and sent here once more', async () => {
      const again = jobFor(artifact, '/kv')
      const { slot, host, first, others } = await quickLineOf([again])
      clock.pass(HELD_UP_MS + 1)
      slot.giveBack()
      const reached = new HostFake()
      const second = slot.execute(again, reached)
      slot.cancel(again)
      await answerBoth(host)
      expect(await outcomes([first, ...others, second])).toEqual(['ok', undefined, 'killed'])
      expect([slot.alive, reached.asked]).toEqual([true, []])
    })

    it('count as work that is left until they have run out', async () => {
      const { slot, host, first, others } = await quickLineOf([count(), count()])
      clock.pass(HELD_UP_MS + 1)
      slot.giveBack()
      await Promise.all(others)
      expect(slot.leftovers).toBe(2)
      const ranOut = Promise.withResolvers<void>()
      slot.onRanOut = () => slot.leftovers === 0 && ranOut.resolve()
      await answerBoth(host)
      await Promise.all([first, ranOut.promise])
      expect(slot.alive).toBe(true)
    })

    it('end alone where whoever asked for them has gone', async () => {
      const gone = count()
      const { slot, host, first, others } = await quickLineOf([gone, count()])
      slot.cancel(gone)
      await answerBoth(host)
      expect(await outcomes([first, ...others])).toEqual(['ok', 'killed', 'ok'])
      expect(slot.alive).toBe(true)
    })
  })

  it('run out of time while they wait', async () => {
    const { host, first, others } = await lineOf([count({ limits: { ...LIMITS, wall_ms: 20 } }), count()])
    expect((await others[0])?.outcome).toBe('time_exceeded')
    await answerBoth(host)
    expect(await outcomes([first, others[1]!])).toEqual(['ok', 'ok'])
  })

  it('are not to wait where calls wait for what is outside', async () => {
    const { slot, host, first } = await lineOf([])
    expect(slot.pace).toBe('slow')
    await new Promise((resolve) => setTimeout(resolve, 60))
    await answerBoth(host)
    expect((await first)?.outcome).toBe('ok')
    expect(slot.pace).toBe('stuck')
  })
})
