import { passOn } from '#runtime/calls/response.rules.js'
import type { BodyPort, Streaming } from '#runtime/slots/body-port.js'
import type { ExecutionResult } from '#runtime/slots/job.js'

/** The bodies of one call that streams, given whole and kept whole: on this machine they are looked at afterwards. */
export class WholeBodies implements BodyPort {
  readonly gone = new Promise<never>(() => undefined)
  readonly waiting = 0
  private head: Omit<NonNullable<ExecutionResult['response']>, 'body'> | undefined
  private readonly pieces: Uint8Array[] = []

  constructor(
    readonly stream: Streaming,
    readonly limits: BodyPort['limits'],
    private rest: Uint8Array,
  ) {}

  async read(max: number): Promise<Uint8Array> {
    const bytes = this.rest.subarray(0, max)
    this.rest = this.rest.subarray(bytes.length)
    return bytes
  }

  start(status: number, headers: readonly (readonly [string, string])[]): void {
    passOn({ status, headers }, '')
    this.head = { status, headers }
  }

  write(bytes: Uint8Array): void {
    this.pieces.push(bytes)
  }

  async drained(): Promise<void> {}

  /** How the call ended, with the answer that was streamed in it as if it had been given whole. */
  inside(result: ExecutionResult): ExecutionResult {
    if (result.outcome !== 'ok' || this.head === undefined) return result
    return { ...result, response: { ...this.head, body: Buffer.concat(this.pieces) } }
  }
}
