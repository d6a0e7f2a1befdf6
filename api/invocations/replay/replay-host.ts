import type { ExecutionReplayed } from '#contract/api/invocations.js'
import type { HostAnswer, HostPort } from '#runtime/slots/job.js'
import { bytesOf, callWords, type RecordedCall } from '#runtime/recordings/recording.rules.js'

type Difference = NonNullable<ExecutionReplayed['difference']>
type Args = Readonly<Record<string, unknown>>

const OTHER: HostAnswer = { error: { code: 'replay.different', message: 'The recorded execution did not ask this' } }

/** Answers host calls from a recording, without any effect, and names the first that is not the recorded one. */
export class ReplayHost implements HostPort {
  private at = 0
  private first: Difference | null = null

  constructor(private readonly calls: readonly RecordedCall[]) {}

  call(name: string, args: Args): Promise<HostAnswer> {
    return Promise.resolve(this.next(name, args)?.answer ?? OTHER)
  }

  post(name: string, args: Args): void {
    this.next(name, args)
  }

  /** The first difference, once the guest is done: calls that it did not make count too. */
  difference(): Difference | null {
    const left = this.calls[this.at]
    return this.first ?? (left ? { what: 'host_call', at: this.at, recorded: callWords(left), replayed: null } : null)
  }

  private next(name: string, args: Args): RecordedCall | undefined {
    if (this.first) return undefined
    const recorded = this.calls[this.at]
    if (recorded?.name === name && bytesOf(recorded.args).equals(bytesOf(args))) {
      this.at += 1
      return recorded
    }
    const words = recorded ? callWords(recorded) : null
    this.first = { what: 'host_call', at: this.at, recorded: words, replayed: callWords({ name, args }) }
    return undefined
  }
}
