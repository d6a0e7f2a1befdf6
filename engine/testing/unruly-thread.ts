/**
 * Thread of a what-if whose candidate loops, takes all heap or exits on extensions of these names: what fuel does not
 * meter. No policy that the engine loads can do so, which is why it is made here.
 */
import { loadPolicy } from '../load.js'
import { serve } from '../what-if/serve.js'

function misbehave(input: string): void {
  while (input.includes('com.unruly.loops'));
  const hoard: string[][] = []
  while (input.includes('com.unruly.hoards')) hoard.push(Array<string>(100_000).fill('x'))
  if (input.includes('com.unruly.exits')) process.exit(0)
}

await serve(async (bundle) => {
  const engine = await loadPolicy(bundle)
  return {
    reasons: engine.reasons,
    evaluate: (gate, input) => {
      misbehave(Buffer.from(input).toString())
      return engine.evaluate(gate, input)
    },
  }
})
