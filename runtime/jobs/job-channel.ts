import { closeSync, readFileSync, writeSync } from 'node:fs'
import { decodeValue, encodeValue, type WireValue } from '../slots/child/wire-value.js'

const DESCRIPTOR = 3

/** The program's end of a job: reads its input to the end, answers once. For programs that `JobRunner` launches. */
export const serveJob = async (work: (input: WireValue) => Promise<WireValue>): Promise<void> => {
  const answer = encodeValue(await work(decodeValue(readFileSync(DESCRIPTOR))))
  for (let written = 0; written < answer.length;) written += writeSync(DESCRIPTOR, answer, written)
  closeSync(DESCRIPTOR)
}
