import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Artifact } from '#runtime/admission/artifact.js'
import type { Job } from '#runtime/slots/job.js'
import { PoolRefusal } from '#runtime/slots/slots.js'
import { VERSATILE_JS } from '#runtime/testing/guests.js'
import { artifactOfSource, HostFake, jobFor } from '#runtime/testing/slot-fixture.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import { closingAfterEach } from './testing/closing.js'
import { liveKills, platformKeys, reachRunners, startRunner } from './testing/remote-ground.js'
import type { RemoteGround, RunnerGround } from './testing/remote-ground.js'

// Each test starts runners of its own, with processes of their own.
jest.setTimeout(60_000)

const ORDER = { id: randomUUID(), scope: 'global', target: '*', reason: 'test', epoch: null } as const

let versatile: Artifact
beforeAll(async () => {
  versatile = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
}, 60_000)
const closing = closingAfterEach()
const keys = platformKeys()

interface Reached extends RemoteGround {
  readonly runners: readonly RunnerGround[]
  readonly kill: KillState
  /** How many files of artifacts runners have asked for. */
  files(): number
}
const reach = async (count: number, kill = liveKills()): Promise<Reached> => {
  const runners = await Promise.all(Array.from({ length: count }, () => startRunner(keys)))
  runners.forEach(closing)
  let files = 0
  const ground = reachRunners(runners, { keys, kill, artifacts: () => ((files += 1), [versatile]) })
  closing(ground.slots)
  await ground.until('ready')
  return { ...ground, runners, kill, files: () => files }
}
/** A call that waits for a host call, once it does so. */
const held = async ({ slots }: RemoteGround, changes: Partial<Job> = {}) => {
  const host = new HostFake()
  const begun = new Promise<void>((resolve) => (host.onCall = () => resolve()))
  const result = slots.execute(jobFor(versatile, '/wait', changes), host)
  result.catch(() => undefined)
  await begun
  return { result, host }
}
const stateOf = ({ slots }: RemoteGround) => slots.snapshot().runners!.map(({ state, running }) => [state, running])
const runOn = (ground: RemoteGround, changes: Partial<Job> = {}) =>
  ground.slots.execute(jobFor(versatile, '/count', changes), new HostFake())

describe('several runners', () => {
  it('share the calls, each going where there is most room', async () => {
    const ground = await reach(2)
    await held(ground)
    expect(stateOf(ground)).toEqual([
      ['ready', 1],
      ['ready', 0],
    ])
    await held(ground)
    expect(stateOf(ground)).toEqual([
      ['ready', 1],
      ['ready', 1],
    ])
    expect(ground.slots.end(() => true)).toBe(2)
  })

  it('go on without one that is lost, and with it once it is heard again', async () => {
    const ground = await reach(2)
    const [first] = ground.runners
    await first!.crash()
    await ground.until('lost', first!.address.url)
    const result = await runOn(ground)
    expect([result.outcome, result.runner]).toEqual(['ok', ground.runners[1]!.address.url])
    const again = closing(await startRunner(keys, { port: Number(new URL(first!.address.url).port) }))
    expect(again.address.url).toBe(first!.address.url)
    await ground.until('ready', first!.address.url)
    expect(ground.news.map((line) => line.split(' ', 1)[0])).toEqual(['found', 'found', 'lost', 'found'])
    expect((await runOn(ground)).runner).toBe(first!.address.url)
  }, 30_000)

  it('refuse, and say that it is for now, where none is left', async () => {
    const ground = await reach(1)
    await ground.runners[0]!.crash()
    await ground.until('lost')
    await expect(runOn(ground)).rejects.toThrow(PoolRefusal)
  })

  it.each<[string, Partial<Job>, string, string]>([
    ['a call whose method may be repeated runs again', { repeat: 'always' }, '/wait', 'again'],
    ['any other that made host calls is over', {}, '/wait', 'over'],
    ['one under an idempotency key that made host calls is over', { repeat: 'until_host_call' }, '/wait', 'over'],
    ['one under an idempotency key that made none runs again', { repeat: 'until_host_call' }, '/loop', 'again'],
    ['any other is over, though it made none', {}, '/loop', 'over'],
    [
      'a recorded one that made host calls is over',
      { repeat: 'always', fixed: { nowMs: 1, seed: new Uint8Array(32) } },
      '/wait',
      'over',
    ],
  ])(
    'lose one while it runs: %s',
    async (_, changes, path, becomes) => {
      const ground = await reach(2)
      const host = new HostFake()
      const limits = { ...jobFor(versatile, path).limits, fuel: 1e12 }
      const begun = new Promise<void>((resolve) => (host.onCall = () => resolve()))
      const result = ground.slots.execute(jobFor(versatile, path, { ...changes, limits }), host)
      if (path === '/wait') await begun
      // Whoever asks for the artifact has taken the order.
      else while (ground.files() === 0) await new Promise(setImmediate)
      const second = ground.runners[1]!.runner
      await ground.runners[0]!.crash()
      if (becomes === 'over') {
        const { outcome, lost, runner, usage } = await result
        expect({ outcome, lost, runner }).toEqual({
          outcome: 'crashed',
          lost: true,
          runner: ground.runners[0]!.address.url,
        })
        expect(usage.host_calls).toBe(path === '/wait' ? 1 : 0)
        expect(second.running).toBe(0)
      } else {
        while (second.running === 0) await new Promise(setImmediate)
        ground.slots.end(() => true)
        expect(await result).toMatchObject({ outcome: 'killed' })
      }
    },
    30_000,
  )

  it('tell that one drains: its calls go on, new ones go elsewhere, and then it ends', async () => {
    const ground = await reach(2)
    const { result } = await held(ground)
    const drained = ground.runners[0]!.runner.drain()
    await ground.until('draining', ground.runners[0]!.address.url)
    expect((await runOn(ground)).runner).toBe(ground.runners[1]!.address.url)
    expect(stateOf(ground)[0]).toEqual(['draining', 1])
    ground.slots.end(() => true)
    expect((await result).outcome).toBe('killed')
    await drained
  }, 30_000)
})

describe('the kill switch on a runner', () => {
  it('ends what runs there and refuses what comes, and lets it run again once it is released', async () => {
    const ground = await reach(1)
    const { runner } = ground.runners[0]!
    const { result } = await held(ground)
    // What the service ends by itself is not what is to be seen here: the runner ends it.
    ground.kill.admit(ORDER)
    expect(await result).toMatchObject({ outcome: 'killed' })
    expect(runner.kills.state.check({})).toMatchObject({ engaged: { id: ORDER.id } })
    expect((await runOn(ground)).outcome).toBe('killed')
    ground.kill.withdraw(ORDER.id)
    while (runner.kills.state.check({}) !== null) await new Promise(setImmediate)
    expect((await runOn(ground)).outcome).toBe('ok')
  })

  it('is told by each runner that it has come there', async () => {
    const ground = await reach(2)
    ground.kill.apply({ epoch: 9n, orders: [{ ...ORDER, epoch: 9n }] })
    const epochs = () => ground.slots.acknowledged().map(({ epoch }) => epoch)
    while (epochs().some((epoch) => epoch !== 9n)) await new Promise(setImmediate)
    await ground.runners[0]!.crash()
    await ground.until('lost', ground.runners[0]!.address.url)
    // What it holds it still holds, wherever it is; only how long ago it said so is another matter.
    expect(epochs()).toEqual([9n, 9n])
    ground.kill.apply({ epoch: 10n, orders: [] })
    while (epochs()[1] !== 10n) await new Promise(setImmediate)
    expect(epochs()).toEqual([9n, 10n])
  })

  it('holds by itself where no list is heard within the lease', async () => {
    const ground = await reach(1)
    const { runner } = ground.runners[0]!
    const { result } = await held(ground)
    // The service is still there, and its own lease has ended: what it says then extends nothing.
    ground.kill.snapshot = () => ({ node: 'spec-node', epoch: 0n, live: false, leaseMs: 0, engaged: [] })
    expect(await result).toMatchObject({ outcome: 'killed' })
    expect(runner.kills.state.check({})).toEqual({ stale: true })
    await expect(runOn(ground)).rejects.toThrow(PoolRefusal)
  }, 30_000)

  it('lets an order wait for the list under which it was signed', async () => {
    const ground = await reach(1)
    ground.kill.apply({ epoch: 7n, orders: [] })
    expect((await runOn(ground)).outcome).toBe('ok')
    expect(ground.runners[0]!.runner.kills.state.epoch).toBe(7n)
  })
})
