import { beforeAll, describe, expect, it } from '@jest/globals'
import { packBundle } from '../bundle/pack.js'
import { detectWall } from '../launcher/probe.js'
import { JobRunner, ScannerUnavailable, type JobLimits, type JobProgram } from './run-job.js'

const LIMITS: JobLimits = { wallMs: 30_000, heapMb: 512, outputBytes: 1 << 20 }
const INSPECT: JobProgram = { program: 'certification/inspect.job.js', parts: ['contract', 'runtime', 'certification'] }

describe('a job', () => {
  let runner: (changes?: Partial<JobLimits>) => JobRunner
  beforeAll(async () => {
    const wall = await detectWall()
    runner = (changes = {}) => new JobRunner(wall.kind, { ...LIMITS, ...changes })
  }, 30_000)

  it('answers from behind the wall', async () => {
    const { bytes } = await packBundle(new Map([['extension.json', Buffer.from('{}')]]))
    expect(await runner().run(INSPECT, bytes)).toMatchObject({ kind: 'manifest_invalid' })
  }, 30_000)

  it('is unavailable where its program fails, is none, runs out of time or says too much', async () => {
    await expect(runner().run(INSPECT, 'not bytes')).rejects.toThrow(ScannerUnavailable)
    await expect(runner().run({ ...INSPECT, program: 'certification/none.js' }, null)).rejects.toThrow(
      ScannerUnavailable,
    )
    const { bytes } = await packBundle(new Map([['extension.json', Buffer.from('{}')]]))
    await expect(runner({ wallMs: 1 }).run(INSPECT, bytes)).rejects.toThrow(ScannerUnavailable)
    await expect(runner({ outputBytes: 4 }).run(INSPECT, bytes)).rejects.toThrow(ScannerUnavailable)
  }, 60_000)
})
