import { GATES, type Gate } from '#contract/vocabulary.js'
import { AnswerReader } from './answer.js'
import { MAX_BUDGET, MAX_DATA_BYTES, type PolicyBundle } from './bundle.js'
import { EvaluationError, PolicyLoadError } from './errors.js'
import { compilePolicy, PolicyInstance, type CompiledPolicy } from './instance.js'
import type { ReasonCatalogue } from './reasons.js'

/** Memory cap of one instance in 64 KiB pages: 16 MiB. */
const DEFAULT_MAX_PAGES = 256

export interface LoadOptions {
  /** Fuel units for one evaluation; the bundle's own budget where absent. */
  readonly budget?: number
  /** Memory cap in 64 KiB pages. */
  readonly maxPages?: number
}

/** One answer of policy. */
export interface Evaluation {
  /** RFC 8785 bytes; the same array for the same answer, never to be written to. */
  readonly answer: Uint8Array
  /** Fuel units spent; the same input under the same revision always costs the same. */
  readonly fuel: number
}

/** A loaded bundle. Evaluation is synchronous, bounded in fuel and memory, and a function of gate and input alone. */
export class PolicyEngine {
  /** Digest of module and data, which every decision records. */
  readonly revision: string
  /** Name of the sealed revision. */
  readonly sealedAs: string
  readonly reasons: ReasonCatalogue
  readonly budget: number
  readonly #compiled: CompiledPolicy
  readonly #numbers: Readonly<Record<Gate, number>>
  readonly #reader = new AnswerReader()
  #instance: PolicyInstance | undefined

  constructor(bundle: PolicyBundle, compiled: CompiledPolicy, budget: number) {
    this.revision = bundle.revision
    this.sealedAs = bundle.sealedAs
    this.reasons = bundle.reasons
    this.budget = budget
    this.#compiled = compiled
    this.#instance = new PolicyInstance(compiled)
    this.#numbers = numberEntrypoints(bundle, this.#instance)
  }

  /**
   * Asks one gate. Reads exactly the bytes given, which are the ones that are stored.
   * @param budget fuel units; the bundle's own where absent. What was answered within one budget has the same answer within a larger one.
   * An instance that has grown is replaced before the next evaluation.
   * @throws EvaluationError always a refusal; the instance is replaced then too
   */
  evaluate(gate: Gate, input: Uint8Array, budget = this.budget): Evaluation {
    if (!looksLikeObject(input)) throw new EvaluationError('invalid', 'the input is not a JSON object')
    try {
      const instance = this.#current()
      const { text, fuel } = instance.evaluate(this.#numbers[gate], input, budget)
      // Its memory never shrinks: one large input would be paid for as long as this policy decides.
      if (instance.hasGrown) this.#instance = undefined
      return { answer: this.#reader.read(text), fuel }
    } catch (error) {
      this.#instance = undefined
      throw error instanceof EvaluationError ? error : new EvaluationError('trap', (error as Error).message)
    }
  }

  #current(): PolicyInstance {
    return (this.#instance ??= new PolicyInstance(this.#compiled))
  }
}

/** Loads a bundle: metered, memory-capped, with only the builtins we have. Raises {@link PolicyLoadError}. */
export async function loadPolicy(bundle: PolicyBundle, options: LoadOptions = {}): Promise<PolicyEngine> {
  if (bundle.data.byteLength > MAX_DATA_BYTES) {
    throw new PolicyLoadError(`platform data has ${bundle.data.byteLength} bytes, at most ${MAX_DATA_BYTES} are taken`)
  }
  const compiled = await compilePolicy(bundle.wasm, bundle.data, options.maxPages ?? DEFAULT_MAX_PAGES)
  return new PolicyEngine(bundle, compiled, Math.min(options.budget ?? bundle.budget, MAX_BUDGET))
}

/**
 * Whether the bytes begin and end as canonical JSON of an object does. Parsing them here would cost more than policy does:
 * OPA itself takes malformed JSON for no input at all, and on that every gate refuses.
 */
const looksLikeObject = (input: Uint8Array): boolean => input[0] === 0x7b && input.at(-1) === 0x7d

/** Entrypoint numbers by gate; every gate must have one. */
function numberEntrypoints(bundle: PolicyBundle, instance: PolicyInstance): Record<Gate, number> {
  const pairs = GATES.map((gate) => {
    const number = instance.entrypoints[bundle.entrypoints[gate]]
    if (number === undefined) throw new PolicyLoadError(`the policy has no entrypoint for the gate ${gate}`)
    return [gate, number] as const
  })
  return Object.fromEntries(pairs) as Record<Gate, number>
}
