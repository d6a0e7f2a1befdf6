import type { StreamSink, Pollable } from './wasi-shim.js'

/** Lines of standard output go to the log in pieces of this size, so that printing does not use up the host calls. */
const PIECE_BYTES = 8 * 1024
/** What one invocation may print in all; the log takes no more. */
const MAX_BYTES = 64 * 1024

export interface OutputPort {
  /** Whether what is printed may be kept now. */
  readonly keepsOutput: boolean
  /** Keeps a piece; false: it could not be. */
  keep(level: 'info' | 'warn', text: string): boolean
  /** Counts what was not kept. */
  drop(bytes: number): void
}

/** Where a guest's standard output or error goes: to its log, as far as it may log, and else nowhere, but counted. */
export class WasiOutput {
  private readonly decoder = new TextDecoder()
  private waiting: Buffer[] = []
  private size = 0
  private total = 0

  constructor(
    private readonly level: 'info' | 'warn',
    private readonly port: OutputPort,
    private readonly ready: () => Pollable,
  ) {}

  /** What a stream writes to. All streams of one output share it. */
  sink(): StreamSink {
    return {
      write: (bytes) => this.write(bytes),
      // Pieces go when they are full or the call is over: a flush after each line would be a host call after each line.
      flush: () => undefined,
      subscribe: () => this.ready(),
    }
  }

  /** Hands on what waits. */
  flush(): void {
    if (this.size === 0) return
    const [bytes, size] = [Buffer.concat(this.waiting), this.size]
    this.waiting = []
    this.size = 0
    const text = this.decoder.decode(bytes, { stream: true }).replace(/\n$/, '')
    if (!this.port.keep(this.level, text)) this.port.drop(size)
  }

  private write(bytes: Uint8Array): void {
    const kept = this.port.keepsOutput ? bytes.subarray(0, Math.max(MAX_BYTES - this.total, 0)) : bytes.subarray(0, 0)
    this.total += kept.length
    this.port.drop(bytes.length - kept.length)
    if (kept.length === 0) return
    // A copy: what is written is the guest's memory in some versions of the glue.
    this.waiting.push(Buffer.from(kept))
    this.size += kept.length
    if (this.size >= PIECE_BYTES) this.flush()
  }
}
