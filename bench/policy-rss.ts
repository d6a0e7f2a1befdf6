import { fork } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { soundCases } from '#engine/author/cases.js'
import { readPolicyFolder } from '#engine/author/policy-files.js'
import { readShippedBundle, shippedBundleFolder } from '#engine/bundle.js'
import { canonicalBytes } from '#engine/canonical.js'
import { loadPolicy } from '#engine/load.js'
import { median } from './gate-measure.js'

/** Before the first look: compiled code, pools and caches have come by then. */
const WARM_UP = 500_000
const LOOK_EVERY = 20_000
/** Looks at either end that are compared. */
const LOOKS = 25
const MEBIBYTE = 1_048_576

/** What the process held after the warm-up and at the end, in MiB, and how it grew. */
export interface RssFigures {
  readonly rss_growth_10m: number
  readonly rss_mb: readonly [begin: number, end: number]
  readonly evaluations: number
}

/** Evaluates golden inputs of every gate, over and over, in a process that does nothing else. */
export const measureRss = async (evaluations: number, progress: (line: string) => void): Promise<RssFigures> => {
  const child = fork(fileURLToPath(import.meta.url), [String(evaluations)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const figures = new Promise<RssFigures>((resolve, reject) => {
    child.on('message', (message: { done?: number; figures?: RssFigures }) => {
      if (message.figures) resolve(message.figures)
      else progress(`${message.done?.toLocaleString('en')} evaluations`)
    })
    child.once('exit', (code) => reject(new Error(`the evaluations ended with ${code}`)))
  })
  const found = await figures
  if (child.exitCode === null) await once(child, 'exit')
  return found
}

const run = async (evaluations: number): Promise<RssFigures> => {
  const engine = await loadPolicy(await readShippedBundle())
  const cases = soundCases(await readPolicyFolder(dirname(shippedBundleFolder())))
  const inputs = cases.map(({ gate, input }) => ({ gate, input: canonicalBytes(input) }))
  const looks: number[] = []
  for (let done = 0; done < WARM_UP + evaluations; done++) {
    const { gate, input } = inputs[done % inputs.length]!
    engine.evaluate(gate, input)
    if (done >= WARM_UP && (done - WARM_UP) % LOOK_EVERY === 0) looks.push(process.memoryUsage.rss())
    if (done % 1_000_000 === 0) {
      process.send?.({ done })
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const [begin, end] = [median(looks.slice(0, LOOKS)), median(looks.slice(-LOOKS))]
  const inMebibytes = (bytes: number): number => Math.round((bytes / MEBIBYTE) * 10) / 10
  return {
    rss_growth_10m: Math.round((end / begin) * 1_000) / 1_000,
    rss_mb: [inMebibytes(begin), inMebibytes(end)],
    evaluations,
  }
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.send({ figures: await run(Number(process.argv[2])) })
  process.disconnect()
}
