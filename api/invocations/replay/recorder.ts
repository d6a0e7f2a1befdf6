import { randomBytes } from 'node:crypto'
import type { ExecutionResult, FixedInputs, HostAnswer, HostPort, Job } from '#runtime/slots/job.js'
import { callBytes, recordingBytes } from '#runtime/recordings/recording.rules.js'

/** Most that a recording keeps, in bytes; of an execution beyond it there is none. */
export const MAX_RECORDING_BYTES = 4 * 1024 * 1024

type Args = Readonly<Record<string, unknown>>

/** Keeps what one execution is given: its time, its seed, and the answers to its host calls. */
export class Recorder {
  readonly fixed: FixedInputs = { nowMs: Date.now(), seed: randomBytes(32) }
  private readonly calls: Uint8Array[] = []
  private job: Job | undefined
  private size = 0

  /** @param decisionId the decision that lets it be recorded */
  constructor(readonly decisionId: string) {}

  /** The host that the execution is to have instead. */
  around(job: Job, host: HostPort): HostPort {
    this.job = job
    return {
      call: async (name, args) => {
        // Its place is that of the question: a guest asks nothing else meanwhile.
        const answer = await host.call(name, args)
        this.keep(name, args, answer)
        return answer
      },
      post: (name, args) => {
        this.keep(name, args, null)
        host.post(name, args)
      },
    }
  }

  /** The recording's bytes; null where nothing ran, or it is too large to be kept. */
  close(result: ExecutionResult): Buffer | null {
    if (!this.job || this.size > MAX_RECORDING_BYTES) return null
    const bytes = recordingBytes(this.job, this.calls, result)
    return bytes.length > MAX_RECORDING_BYTES ? null : bytes
  }

  private keep(name: string, args: Args, answer: HostAnswer | null): void {
    if (this.size > MAX_RECORDING_BYTES) return
    const bytes = callBytes({ name, args, answer })
    this.size += bytes.length
    this.calls.push(bytes)
  }
}
