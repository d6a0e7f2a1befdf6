import type { ExecutionResult, HostPort, Job } from '#runtime/slots/job.js'

const USED = { fuel: 1000, memory_bytes: 65_536, wall_ms: 1.5, host_calls: 0, output_bytes: 2 }

/** The answer of a guest that did what it should. */
export const answered = (): ExecutionResult => ({
  outcome: 'ok',
  response: { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from('{}') },
  usage: USED,
})
/** How a guest ended that gave no answer. */
export const failed = (outcome: Exclude<ExecutionResult['outcome'], 'ok'>, error?: string): ExecutionResult => ({
  outcome,
  usage: USED,
  ...(error !== undefined && { error }),
})

/** Slots whose guest is a function. Those that are ended answer `killed`. */
export class FakeSlots {
  readonly streams = true
  guest: (host: HostPort, job: Job) => Promise<ExecutionResult> | ExecutionResult = answered
  private readonly running = new Map<Job, () => void>()

  async execute(job: Job, host: HostPort): Promise<ExecutionResult> {
    const ended = new Promise<ExecutionResult>((resolve) => this.running.set(job, () => resolve(failed('killed'))))
    try {
      return await Promise.race([this.guest(host, job), ended])
    } finally {
      this.running.delete(job)
    }
  }

  end(matches: (job: Job) => boolean): number {
    const ending = [...this.running].filter(([job]) => matches(job))
    for (const [, end] of ending) end()
    return ending.length
  }
}
