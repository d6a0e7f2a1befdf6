import type { Gate } from '#contract/vocabulary.js'
import { OpaEnded, OpaRefused, type Opa } from '../author/opa.js'
import { withToolFolder, writeFiles, type PolicyFiles } from '../author/policy-files.js'
import { ruleFiles } from '../author/sources.js'
import { canonicalBytes } from '../canonical.js'

/** What opa answers to one input: RFC 8785 text, or why there is no answer. */
export type TopdownAnswer = { readonly answer: string } | { readonly none: string }

/** Asks OPA's own interpreter: each input under each gate's `decision`, from the sources as they are written. */
export interface Topdown {
  readonly ask: (gate: Gate, inputs: readonly Uint8Array[]) => Promise<TopdownAnswer[]>
}

const INPUTS_FILE = 'inputs.json'

/** Makes a policy's sources ready for `opa eval`, for the time of `use`. */
export async function withTopdown<T>(tool: Opa, files: PolicyFiles, use: (topdown: Topdown) => Promise<T>): Promise<T> {
  return withToolFolder(async (folder) => {
    const names = [...ruleFiles(files), 'platform.json']
    await writeFiles(folder, new Map(names.map((name) => [name, files.get(name)!])))
    return use({ ask: (gate, inputs) => ask({ tool, folder, names, gate }, inputs) })
  })
}

interface Question {
  readonly tool: Opa
  readonly folder: string
  readonly names: readonly string[]
  readonly gate: Gate
}

/**
 * One run for all inputs, which lie in a data document. Where a run fails as a whole, such as on two values for one
 * rule, the inputs are halved until the one that did it stands alone.
 */
async function ask(question: Question, inputs: readonly Uint8Array[]): Promise<TopdownAnswer[]> {
  if (inputs.length === 0) return []
  try {
    return await run(question, inputs)
  } catch (error) {
    if (!(error instanceof OpaRefused || error instanceof OpaEnded)) throw error
    if (inputs.length === 1) return [{ none: error.message }]
    const half = Math.ceil(inputs.length / 2)
    return [...(await ask(question, inputs.slice(0, half))), ...(await ask(question, inputs.slice(half)))]
  }
}

async function run({ tool, folder, names, gate }: Question, inputs: readonly Uint8Array[]): Promise<TopdownAnswer[]> {
  const texts = inputs.map((bytes) => Buffer.from(bytes).toString('utf8'))
  await writeFiles(folder, new Map([[INPUTS_FILE, `{"differential":{"inputs":[${texts.join(',')}]}}`]]))
  const files = [...names, INPUTS_FILE].flatMap((name) => ['-d', name])
  const query = `[[at, answer] | some at, one in data.differential.inputs; answer := data.governance.${gate}.decision with input as one]`
  const answered = rowsOf(await tool.output(['eval', '-f', 'json', ...files, query], folder))
  return inputs.map((_, at) => {
    const answer = answered.get(at)
    return answer === undefined ? { none: 'undefined' } : { answer }
  })
}

function rowsOf(output: string): ReadonlyMap<number, string> {
  const { result } = JSON.parse(output) as { result: [{ expressions: [{ value: [number, unknown][] }] }] }
  const rows = result[0].expressions[0].value
  return new Map(rows.map(([at, answer]) => [at, Buffer.from(canonicalBytes(answer)).toString('utf8')]))
}
