import type { ByteReader } from './byte-reader.js'
import { ByteWriter } from './byte-writer.js'
import { skipValueType } from './instructions.js'

/** The local variables of one function body: its own, and behind them those that the pass takes. */
export class Locals {
  private readonly added: number[] = []
  private readonly known = new Map<string, number>()

  private constructor(
    private readonly runs: number,
    private readonly declared: Uint8Array,
    /** Index of the first that is added. */
    private readonly first: number,
  ) {}

  /** Reads the declarations that a body begins with. */
  static read(body: ByteReader, parameterCount: number): Locals {
    const runs = body.u32()
    const start = body.position
    let count = parameterCount
    for (let run = 0; run < runs; run++) {
      count += body.u32()
      skipValueType(body)
    }
    return new Locals(runs, body.slice(start, body.position), count)
  }

  /** The index of a local of our own: the same for the same use and type, since inserted code leaves nothing behind in it. */
  take(use: string, type: number): number {
    const key = `${use} ${type}`
    let index = this.known.get(key)
    if (index === undefined) {
      this.known.set(key, (index = this.first + this.added.length))
      this.added.push(type)
    }
    return index
  }

  /** The declarations, with those that were taken. */
  write(writer: ByteWriter): ByteWriter {
    writer.u32(this.runs + this.added.length).bytes(this.declared)
    for (const type of this.added) writer.u32(1).byte(type)
    return writer
  }
}
