import { fromJson, write } from '../builtins/notation.js'
import { MAX_BUDGET } from '../bundle.js'
import { PolicyLoadError } from '../errors.js'
import { compilePolicy, NOTATION, PolicyInstance } from '../instance.js'
import type { Opa } from '../author/opa.js'
import { compileCase, ENTRYPOINT } from './compile-case.js'
import { faultOf, type Ending } from './judge.js'
import type { SuiteCase } from './suite.js'

/** What became of a case; `refused` is one that the engine does not load, so that it did not run. */
export interface CaseVerdict {
  readonly state: 'passed' | 'failed' | 'refused'
  readonly detail: string
}

/** Memory cap of an evaluation in pages of 64 KiB, as the gate has it. */
const MAX_PAGES = 256
/** Fuel for a case. Some of the suite are dearer than any decision may be. */
const BUDGET = 10 * MAX_BUDGET
const ENCODER = new TextEncoder()

/** Compiles a case with `opa`, and evaluates it in a metered instance of the engine. */
export async function runCase(tool: Opa, one: SuiteCase): Promise<CaseVerdict> {
  const compiled = await compileCase(tool, one)
  if ('refused' in compiled) return { state: 'failed', detail: `opa build: ${compiled.refused.trim()}` }
  try {
    const data = ENCODER.encode(write(fromJson(one.data ?? {})))
    const instance = new PolicyInstance(await compilePolicy(compiled.wasm, data, MAX_PAGES), NOTATION.values)
    const fault = faultOf(one, evaluate(instance, one))
    return fault === undefined ? { state: 'passed', detail: '' } : { state: 'failed', detail: fault }
  } catch (error) {
    if (error instanceof PolicyLoadError) return { state: 'refused', detail: error.message }
    throw error
  }
}

function evaluate(instance: PolicyInstance, one: SuiteCase): Ending {
  try {
    return instance.evaluate(instance.entrypoints[ENTRYPOINT]!, inputOf(one), BUDGET)
  } catch (thrown) {
    return { thrown }
  }
}

/** The input's text; none at all where the case has none. */
function inputOf({ input, input_term: term }: SuiteCase): Uint8Array {
  // Modules read terms as OPA writes them, which is without a comma after the last element.
  if (term !== undefined) return ENCODER.encode(term.replaceAll(/,(?=\s*[}\]])/g, ''))
  return ENCODER.encode(input === undefined ? '' : write(fromJson(input)))
}
