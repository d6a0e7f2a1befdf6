import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Artifact } from '../admission/artifact.js'
import { detectWall } from '../launcher/probe.js'
import { HostFake, jobFor, LIMITS } from '../testing/slot-fixture.js'
import { BodiesFake, streamingArtifact } from '../testing/streaming.js'
import { CREDIT_BYTES } from './child/frames.js'
import type { JobLimits } from './job.js'
import { SlotPool } from './slot-pool.js'

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const piece = (size: number, fill = 'x'): Buffer => Buffer.alloc(size, fill)

describe('bodies that go piece by piece', () => {
  let artifact: Artifact
  let pool: SlotPool
  beforeAll(async () => {
    artifact = await streamingArtifact()
    pool = new SlotPool({ size: 2, wall: (await detectWall()).kind, readArtifact: async () => artifact })
  }, 60_000)
  afterAll(() => pool.close())

  const run = (path: string, bodies?: BodiesFake, limits: Partial<JobLimits> = {}, host = new HostFake()) =>
    pool.execute(jobFor(artifact, path, { ...(bodies && { bodies }), limits: { ...LIMITS, ...limits } }), host)

  it('gives a guest its request, and takes its answer, without holding either', async () => {
    const sent = Array.from({ length: 40 }, (_, index) => piece(65_536, String(index % 10)))
    const bodies = new BodiesFake('both', sent)
    bodies.limits = { request_bytes: 4 << 20, response_bytes: 4 << 20 }
    const { outcome, streamed, usage } = await run('/echo', bodies)
    const all = Buffer.concat(sent)
    expect({ outcome, same: bodies.written.equals(all) }).toEqual({ outcome: 'ok', same: true })
    expect(bodies.head).toEqual([
      200,
      [
        ['content-type', 'text/plain'],
        ['x-ext-a', 'b'],
      ],
    ])
    expect(streamed).toMatchObject({ status: 200, inputDigest: sha256(all), outputDigest: sha256(all) })
    expect(usage).toMatchObject({ host_calls: 0, output_bytes: all.length + 30 })
  })

  it('hands on each piece before the guest has ended', async () => {
    const bodies = new BodiesFake('response')
    const host = new HostFake()
    const seen: string[] = []
    host.onCall = () => seen.push(bodies.written.toString())
    expect(await run('/three', bodies, {}, host)).toMatchObject({ outcome: 'ok' })
    expect(seen).toEqual(['one ', 'one two ', 'one two three'])
  })

  it('stops a guest that writes while nobody reads, and lets it go on', async () => {
    const bodies = new BodiesFake('response').fill()
    const ended = run('/much', bodies)
    await bodies.isFull.promise
    expect(bodies.written.length).toBe(CREDIT_BYTES)
    bodies.empty()
    const { outcome, streamed } = await ended
    expect({ outcome, sent: bodies.written.length }).toEqual({ outcome: 'ok', sent: 5 * 65_536 })
    expect(streamed!.mostWaiting).toBeLessThanOrEqual(CREDIT_BYTES)
  })

  it('counts the time of a guest whose reader has stopped', async () => {
    const bodies = new BodiesFake('response').fill()
    const result = await run('/flood', bodies, { wall_ms: 300 })
    expect(result).toMatchObject({ outcome: 'time_exceeded', streamed: { outputBytes: CREDIT_BYTES } })
  })

  it('counts the time of a guest whose sender has stopped, and reads no further than it was asked to', async () => {
    const bodies = new BodiesFake('request')
    bodies.next = () => new Promise(() => undefined)
    expect(await run('/size', bodies, { wall_ms: 300 })).toMatchObject({ outcome: 'time_exceeded' })
    expect(bodies.reads).toBe(1)
  })

  it('takes a whole answer from a guest that has not begun to stream one', async () => {
    const { outcome, response, streamed } = await run('/size', new BodiesFake('both', [piece(700), piece(900)]))
    expect({ outcome, body: response?.body.toString() }).toEqual({ outcome: 'ok', body: '1600 0' })
    expect(streamed).toMatchObject({ status: null, outputDigest: null, inputBytes: 1600 })
  })

  it('digests of a request what the guest was given of it', async () => {
    const { streamed } = await run('/head', new BodiesFake('request', [piece(10), piece(900)]))
    expect(streamed).toMatchObject({ inputDigest: sha256(piece(10)), inputBytes: 10 })
  })

  it.each([
    ['/twice', 'stream.begun'],
    ['/none', ''],
  ])('%s sends %j', async (path, sent) => {
    const bodies = new BodiesFake('both')
    expect(await run(path, bodies)).toMatchObject({ outcome: 'ok' })
    expect(bodies.written.toString()).toBe(sent)
  })

  it.each([
    [undefined, 'stream.undeclared,stream.not_begun,stream.undeclared'],
    ['request' as const, 'ok,stream.not_begun,stream.undeclared'],
  ])('refuses what the endpoint does not stream (%s)', async (stream, codes) => {
    const { response } = await run('/codes', stream && new BodiesFake(stream))
    expect(response?.body.toString()).toBe(codes)
  })

  it.each([
    ['/trap', 'trap', 'some'],
    ['/fail', 'guest_error', 'some'],
    ['/both', 'guest_error', ''],
    ['/spin', 'fuel_exhausted', 'some'],
  ])('%s ends as %s, and tells what was sent until then', async (path, outcome, sent) => {
    const bodies = new BodiesFake('response')
    const result = await run(path, bodies, { fuel: 50_000_000 })
    expect(result).toMatchObject({ outcome, streamed: { status: 200, outputDigest: sha256(Buffer.from(sent)) } })
    expect(result.response).toBeUndefined()
  })

  it.each([
    ['/flood', 1 << 20],
    ['/tiny', 16_384],
  ])(
    '%s is ended at what it may send',
    async (path, cap) => {
      const bodies = new BodiesFake('response')
      const { outcome } = await run(path, bodies, { fuel: 10_000_000_000 })
      expect(outcome).toBe('output_exceeded')
      expect(bodies.writtenBytes).toBeLessThanOrEqual(cap)
    },
    30_000,
  )

  it('ends a guest whose request turns out larger than it may be', async () => {
    const bodies = new BodiesFake('both')
    bodies.limits = { request_bytes: 1 << 20, response_bytes: 2 << 20 }
    bodies.next = async () => piece(65_536)
    expect(await run('/echo', bodies)).toMatchObject({ outcome: 'input_exceeded' })
  })

  it('ends a guest whose head cannot be passed on', async () => {
    expect(await run('/bad-status', new BodiesFake('response'))).toMatchObject({ outcome: 'guest_error' })
  })

  it.each(['/hang', '/flood'])('ends %s when whoever called has gone', async (path) => {
    const bodies = new BodiesFake('response').fill()
    const ended = run(path, bodies)
    await bodies.has(4)
    bodies.leave()
    expect(await ended).toMatchObject({ outcome: 'client_gone', streamed: { status: 200 } })
  })

  it('ends it where the request broke off', async () => {
    const bodies = new BodiesFake('request')
    bodies.next = () => Promise.reject(new Error('aborted'))
    expect(await run('/size', bodies)).toMatchObject({ outcome: 'client_gone' })
  })

  it('ends it when it is killed, in the middle', async () => {
    const bodies = new BodiesFake('response')
    const ended = run('/hang', bodies)
    await bodies.has(4)
    pool.end(() => true)
    expect(await ended).toMatchObject({ outcome: 'killed', streamed: { outputDigest: sha256(Buffer.from('some')) } })
  })

  it('finds an instance as it was after each of these', async () => {
    const fuel = async () => (await run('/echo', new BodiesFake('both', [piece(10)]))).usage.fuel
    expect(await fuel()).toBe(await fuel())
  })
})
