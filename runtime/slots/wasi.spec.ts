import { parse } from '@bytecodealliance/jco'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { admit } from '../admission/admit.js'
import type { Artifact } from '../admission/artifact.js'
import { detectWall } from '../launcher/probe.js'
import type { WallKind } from '../launcher/walls.js'
import { artifactOfSource, HostFake, jobFor, LIMITS } from '../testing/slot-fixture.js'
import { STREAM_STORM_WAT, WASI_WAT } from '../testing/wasi-guests.js'
import type { ExecutionResult, Job } from './job.js'
import { SlotPool } from './slot-pool.js'

const bytes = (result: ExecutionResult) => Buffer.from(result.response?.body ?? [])
/** The first form of WASI says so of a descriptor that is none. */
const BAD_DESCRIPTOR = 8

describe('a component of WASI in a slot', () => {
  let wall: WallKind
  let guest: Artifact
  let storm: Artifact
  let pool: SlotPool
  beforeAll(async () => {
    ;({ kind: wall } = await detectWall())
    guest = await artifactOfSource({ wat: WASI_WAT })
    storm = await admit(await parse(STREAM_STORM_WAT), { maxMemoryPages: 1024 })
    const readArtifact = async ({ digest }: { digest: string }) => (digest === storm.digest ? storm : guest)
    pool = new SlotPool({ size: 1, wall, readArtifact })
  }, 60_000)
  afterAll(() => pool.close())
  const run = (path: string, changes: Partial<Job> = {}, host = new HostFake()) =>
    pool.execute(jobFor(guest, path, changes), host)

  it('is admitted with what it imports of WASI, and nothing of that is a capability', () => {
    expect(guest.record.wasi).toEqual(expect.arrayContaining(['wasi:cli/stdout@0.2.12', 'wasi:io/poll@0.2.12']))
    expect(guest.record.imports).toEqual([])
  })

  it('finds no environment and no arguments', async () => {
    const answer = bytes(await run('/environment'))
    expect([0, 4, 8, 12].map((at) => answer.readUInt32LE(at))).toEqual([0, 0, 0, 0])
  })

  it('finds no folder, and opens no file', async () => {
    const answer = bytes(await run('/folder'))
    expect([answer.readUInt32LE(0), answer.readUInt32LE(8)]).toEqual([BAD_DESCRIPTOR, BAD_DESCRIPTOR])
  })

  it('finds its input at its end', async () => {
    const answer = bytes(await run('/input'))
    expect([answer.readUInt32LE(0), answer.readUInt32LE(8)]).toEqual([0, 0])
  })

  it('finds clocks that stand at the time of its call, and move by what it sleeps', async () => {
    const clocks = bytes(await run('/time'))
    expect([0, 8].map((at) => clocks.readBigUInt64LE(at) > 0n)).toEqual([true, true])
    expect(clocks.readBigUInt64LE(0)).toBe(clocks.readBigUInt64LE(8))
    const slept = bytes(await run('/sleep'))
    expect(slept.readBigUInt64LE(8) - slept.readBigUInt64LE(0)).toBe(20_000_000n)
  })

  it('draws other bytes each time', async () => {
    expect(bytes(await run('/random'))).not.toEqual(bytes(await run('/random')))
  })

  it('prints to its log where it may', async () => {
    const host = new HostFake()
    const result = await run('/print', { printsToLog: true }, host)
    expect(host.posted).toEqual([
      ['log.write', { level: 'info', message: 'line of text' }],
      ['log.write', { level: 'warn', message: 'line of text' }],
    ])
    expect(result.usage.host_calls).toBe(2)
    expect(result.droppedBytes).toBeUndefined()
  })

  it('prints nowhere else, and that is counted', async () => {
    const host = new HostFake()
    const result = await run('/print', {}, host)
    expect(result).toMatchObject({ outcome: 'ok', droppedBytes: 26, usage: { host_calls: 0 } })
    expect(host.posted).toEqual([])
  })

  it('may flood its output without using up its host calls; what is too much is counted', async () => {
    const host = new HostFake()
    const result = await run('/many', { printsToLog: true }, host)
    expect(result).toMatchObject({ outcome: 'ok', droppedBytes: 130_000 - 64 * 1024 })
    expect(result.usage.host_calls).toBeLessThanOrEqual(9)
    expect(host.posted.reduce((sum, [, { message }]) => sum + String(message).length, 0)).toBeLessThanOrEqual(64 * 1024)
    const few = await run('/many', { printsToLog: true, limits: { ...LIMITS, host_calls: 1 } })
    expect(few).toMatchObject({ outcome: 'ok', usage: { host_calls: 1 } })
  })

  it('ends its call by exit, and the next one finds a new instance', async () => {
    expect(await run('/xit')).toMatchObject({ outcome: 'exited', error: 'the guest called exit (ok)' })
    expect(await run('/count')).toMatchObject({ outcome: 'ok' })
    expect(bytes(await run('/count'))[4]).toBe(1)
  })

  it('sleeps no longer than its call may take', async () => {
    const result = await run('/zzz', { limits: { ...LIMITS, wall_ms: 200 } })
    expect(result.outcome).toBe('time_exceeded')
    expect(await run('/count')).toMatchObject({ outcome: 'ok' })
  })

  it('opens only so many streams', async () => {
    const result = await pool.execute(jobFor(storm, '/'), new HostFake())
    expect(result).toMatchObject({ outcome: 'trap', error: expect.stringContaining('16384 streams') })
  })
})
