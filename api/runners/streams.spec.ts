import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Artifact } from '#runtime/admission/artifact.js'
import { CREDIT_BYTES } from '#runtime/slots/child/frames.js'
import type { Job } from '#runtime/slots/job.js'
import { HostFake, jobFor } from '#runtime/testing/slot-fixture.js'
import { BodiesFake, streamingArtifact } from '#runtime/testing/streaming.js'
import { closingAfterEach } from './testing/closing.js'
import { liveKills, platformKeys, reachRunners, startRunner } from './testing/remote-ground.js'

// Each test starts runners of its own, with processes of their own.
jest.setTimeout(60_000)

let artifact: Artifact
beforeAll(async () => {
  artifact = await streamingArtifact()
}, 60_000)
const closing = closingAfterEach()
const keys = platformKeys()

const reach = async (count: number) => {
  const runners = await Promise.all(Array.from({ length: count }, () => startRunner(keys)))
  runners.forEach(closing)
  const kill = liveKills()
  const ground = reachRunners(runners, { keys, kill, artifacts: () => [artifact] })
  closing(ground.slots)
  await ground.until('ready')
  const run = (path: string, bodies: BodiesFake, changes: Partial<Job> = {}, host = new HostFake()) =>
    ground.slots.execute(jobFor(artifact, path, { bodies, ...changes }), host)
  return { ...ground, runners, kill, run }
}
const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`
const never = () => new Promise<never>(() => undefined)

describe('bodies that go piece by piece to and from a runner', () => {
  it('are held up by whoever reads slowly for that call alone, and no further than its credit', async () => {
    const { run } = await reach(1)
    const slow = new BodiesFake('response').fill()
    const stalled = run('/much', slow)
    await slow.isFull.promise
    const sent = Array.from({ length: 40 }, () => Buffer.alloc(65_536, 'x'))
    const quick = new BodiesFake('both', sent)
    quick.limits = { request_bytes: 4 << 20, response_bytes: 4 << 20 }
    expect(await run('/echo', quick)).toMatchObject({ outcome: 'ok', streamed: { outputBytes: 40 * 65_536 } })
    expect(slow.writtenBytes).toBe(CREDIT_BYTES)
    slow.empty()
    expect(await stalled).toMatchObject({ outcome: 'ok', streamed: { outputBytes: 5 * 65_536 } })
  }, 30_000)

  it('leave a lane fit for the next call, whether it streams or not', async () => {
    const { run, slots } = await reach(1)
    for (let round = 0; round < 3; round++) {
      const bodies = new BodiesFake('both', [Buffer.from('one')])
      expect(await run('/echo', bodies)).toMatchObject({ outcome: 'ok', response: { status: 200 } })
      expect(bodies.written.toString()).toBe('one')
      const whole = await slots.execute(jobFor(artifact, '/whole'), new HostFake())
      expect(whole.response?.body.toString()).toBe('whole')
    }
  })

  it.each<[string, BodiesFake, (bodies: BodiesFake) => Promise<unknown>]>([
    ['/hang', new BodiesFake('response'), (bodies) => bodies.has(4)],
    // Not a byte of it has come, and whatever comes now goes to an attempt that is over.
    ['/size', Object.assign(new BodiesFake('request'), { next: never }), (bodies) => asked(bodies)],
  ])(
    'are never sent again where their runner is lost: %s',
    async (path, bodies, touched) => {
      const { run, runners } = await reach(2)
      const result = run(path, bodies, { repeat: 'always' })
      await touched(bodies)
      await runners[0]!.crash()
      expect(await result).toMatchObject({ outcome: 'crashed', lost: true, runner: runners[0]!.address.url })
      expect(runners[1]!.runner.running).toBe(0)
      const { streamed } = await result
      expect(streamed!.outputDigest).toBe(path === '/hang' ? sha256('some') : null)
    },
    30_000,
  )

  it('go to another runner where the one that is lost has not touched them', async () => {
    const { run, runners, slots } = await reach(2)
    const host = new HostFake()
    const begun = new Promise<void>((resolve) => (host.onCall = () => resolve()))
    const result = run('/hang-first', new BodiesFake('both'), { repeat: 'always' }, host)
    await begun
    await runners[0]!.crash()
    while (runners[1]!.runner.running === 0) await new Promise(setImmediate)
    slots.end(() => true)
    expect(await result).toMatchObject({ outcome: 'killed', streamed: { status: null, outputDigest: null } })
  }, 30_000)

  it('break off where the kill switch ends the call on its runner', async () => {
    const { run, kill } = await reach(1)
    const host = new HostFake()
    const begun = new Promise<void>((resolve) => (host.onCall = () => resolve()))
    const result = run('/hang', new BodiesFake('response'), {}, host)
    await begun
    kill.admit({ id: 'a', scope: 'global', target: '*', reason: 'test', epoch: null })
    const { outcome, streamed, usage } = await result
    expect({ outcome, streamed }).toMatchObject({ outcome: 'killed', streamed: { outputDigest: sha256('some') } })
    expect(usage.fuel).toBeGreaterThan(0)
  }, 30_000)

  it('tell what was used until whoever called had gone', async () => {
    const { run } = await reach(1)
    const bodies = new BodiesFake('response').fill()
    const result = run('/flood', bodies)
    await bodies.isFull.promise
    bodies.leave()
    const { outcome, usage, streamed } = await result
    expect(outcome).toBe('client_gone')
    expect(usage.fuel).toBeGreaterThan(0)
    expect(usage.output_bytes).toBeGreaterThan(CREDIT_BYTES)
    expect(streamed).toMatchObject({ status: 200, outputBytes: CREDIT_BYTES })
  })
})

/** Resolves once a slot has asked for the first bytes. */
const asked = async (bodies: BodiesFake): Promise<void> => {
  while (bodies.reads === 0) await new Promise(setImmediate)
}
