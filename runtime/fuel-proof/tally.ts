import { createHash } from 'node:crypto'
import type { Proof, Subject } from './prove-module.js'

const PROGRESS_EVERY = 200
const SHOWN = 20

/** Adds up what came of the modules; one that was seen before is not looked at again. */
export class Tally {
  modules = 0
  calls = 0
  differences = 0
  nondeterminism = 0
  reset = 0
  outOfFuel = 0
  outOfStack = 0
  readonly refused: Record<string, number> = {}
  private readonly seen = new Set<string>()
  private shown = 0

  /** @param say takes a line for each finding, up to a number of them, and one now and then on the way */
  constructor(private readonly say: (line: string) => void) {}

  add({ wasm }: Subject, prove: () => Proof): void {
    const digest = createHash('sha256').update(wasm).digest('hex')
    if (this.seen.has(digest)) return
    this.seen.add(digest)
    const proof = prove()
    if (proof.refused !== undefined) {
      this.refused[proof.refused] = (this.refused[proof.refused] ?? 0) + 1
      return
    }
    this.modules++
    this.calls += proof.calls
    this.differences += proof.differences.length
    this.nondeterminism += proof.nondeterminism.length
    this.reset += Number(proof.replayed)
    this.outOfFuel += proof.outOfFuel
    this.outOfStack += proof.outOfStack
    for (const line of [...proof.differences, ...proof.nondeterminism]) if (this.shown++ < SHOWN) this.say(line)
    if (this.modules % PROGRESS_EVERY === 0) this.say(`${this.modules} modules`)
  }
}
