import { apart } from '../apart.js'
import { compile } from '../author/build.js'
import { OpaRefused, type Opa } from '../author/opa.js'
import { CAPABILITIES, withPolicyFolder, writeFiles, type PolicyFiles } from '../author/policy-files.js'
import { entrypoints, ruleFiles } from '../author/sources.js'
import { bundleRevision } from '../bundle.js'
import type { Gate } from '#contract/vocabulary.js'
import type { TraceOrder, TraceReading } from './read-trace.js'

/** A decision to make again: its gate, and the exact bytes that policy read. */
export interface TraceQuestion {
  readonly gate: Gate
  readonly input: Uint8Array
}

/** What OPA's own interpreter makes of it. */
export interface Trace extends TraceReading {
  /** Revision that the sources compile to here; null where they do not compile. */
  readonly compilesTo: string | null
}

const PROGRAM = 'trace/thread.js'
const BOUNDS = { deadlineMs: 20_000, heapMb: 512 }
const INPUT = 'input.json'
const DATA = 'platform.json'
/**
 * Without index and early exit: with an index, facts decide which rules are entered without being seen to be read; without
 * early exit every definition of a rule is evaluated, as compiled policy does.
 */
const FLAGS = [
  '--format=json',
  '--explain=full',
  '--disable-indexing',
  '--disable-early-exit',
  `--capabilities=${CAPABILITIES}`,
]

/**
 * Makes a decision again with OPA's interpreter from a policy's sources, behind the wall of `tool`: what it answers, the
 * rules it enters and the facts it reads. Raises OpaEnded and ThreadEnded where that outgrows what one trace may take.
 */
export const traceDecision = (tool: Opa, files: PolicyFiles, { gate, input }: TraceQuestion): Promise<Trace> =>
  withPolicyFolder(files, async (folder) => {
    const compilesTo = await revisionOf(tool, folder)
    await writeFiles(folder, new Map([[INPUT, input]]))
    const sources = [...ruleFiles(files), DATA].flatMap((name) => ['--data', name])
    const query = `data.${entrypoints()[gate].replaceAll('/', '.')}`
    const run = await tool.run(['eval', ...FLAGS, ...sources, '--input', INPUT, query], folder)
    if (!run.stdout.trimStart().startsWith('{')) return { ...noAnswer(run.stderr), compilesTo }
    const order: TraceOrder = { text: run.stdout, input: textOf(input), data: textOf(files.get(DATA)!) }
    return { ...(await apart<TraceReading>(PROGRAM, order, BOUNDS)), compilesTo }
  })

async function revisionOf(tool: Opa, folder: string): Promise<string | null> {
  try {
    const { wasm, data } = await compile(tool, folder)
    return bundleRevision(wasm, data)
  } catch (error) {
    if (error instanceof OpaRefused) return null
    throw error
  }
}

const noAnswer = (said: string): TraceReading => ({
  ...{ answer: null, fault: said.trim().slice(0, 2_000) || 'opa gave no answer' },
  ...{ rules: [], facts: [], facts_replaced: false, cut: false },
})

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
