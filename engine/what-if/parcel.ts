import { GATES } from '#contract/vocabulary.js'
import type { Replayable } from './judge.rules.js'

/** Past decisions as a thread takes them: all bytes in one buffer, which is handed over and not copied. */
export interface Parcel {
  readonly bytes: ArrayBuffer
  /** Input and answer of each decision in turn, in bytes. */
  readonly lengths: Uint32Array
  /** Indexes in {@link GATES}. */
  readonly gates: Uint8Array
  readonly digests: readonly string[]
}

/** Copies decisions into a parcel; what they stand in stays whole, should they have to be sent again. */
export function pack(decisions: readonly Replayable[]): Parcel {
  const parts = decisions.flatMap(({ input, answer }) => [input, answer])
  const lengths = Uint32Array.from(parts, ({ byteLength }) => byteLength)
  const whole = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return {
    bytes: whole.buffer,
    lengths,
    gates: Uint8Array.from(decisions, ({ gate }) => GATES.indexOf(gate)),
    digests: decisions.map(({ inputDigest }) => inputDigest),
  }
}

/** The decisions of a parcel in their order, as views on its bytes. */
export function* unpack({ bytes, lengths, gates, digests }: Parcel): Generator<Replayable> {
  let at = 0
  const next = (length: number): Uint8Array => new Uint8Array(bytes, (at += length) - length, length)
  for (const [index, inputDigest] of digests.entries()) {
    const input = next(lengths[2 * index]!)
    yield { gate: GATES[gates[index]!]!, input, inputDigest, answer: next(lengths[2 * index + 1]!) }
  }
}
