import { Restrictions, type Restriction } from '#contract/decisions/restrictions.js'
import { digestOf } from '#runtime/digest.js'
import { AnswerReader } from '../answer.js'
import { EvaluationError, PolicyLoadError } from '../errors.js'
import { compilePolicy, PolicyInstance, type CompiledPolicy } from '../instance.js'

/** The one rule that a tenant's module answers by. */
export const TENANT_ENTRYPOINT = 'tenant/restrictions'
/** Most fuel units of one evaluation: a quarter of what the platform's policy may spend. */
export const TENANT_BUDGET = 5_000_000
/** Memory cap in 64 KiB pages: 4 MiB. */
export const TENANT_MAX_PAGES = 64
/** Largest module in bytes. */
export const TENANT_MAX_BYTES = 2 * 1024 * 1024

const NO_DATA = new TextEncoder().encode('{}')

/** What a tenant's module said of one input. */
export interface TenantEvaluation {
  readonly restrictions: readonly Restriction[]
  /** RFC 8785 bytes, never to be written to. */
  readonly bytes: Uint8Array
  readonly fuel: number
}

/** A tenant's loaded module: synchronous, metered, memory-capped, and a function of its input alone. */
export class TenantModule {
  #instance: PolicyInstance | undefined
  readonly #entrypoint: number
  readonly #reader = new AnswerReader()
  readonly #parsed = new WeakMap<Uint8Array, readonly Restriction[]>()

  constructor(
    /** `sha256:` over the module: what the row of a decision names. */
    readonly digest: string,
    private readonly compiled: CompiledPolicy,
  ) {
    this.#instance = new PolicyInstance(compiled)
    const number = this.#instance.entrypoints[TENANT_ENTRYPOINT]
    if (number === undefined) throw new PolicyLoadError(`the module has no entrypoint ${TENANT_ENTRYPOINT}`)
    this.#entrypoint = number
  }

  /** Asks the module. Raises EvaluationError, also (`invalid`) where the answer is no list of restrictions. */
  evaluate(input: Uint8Array): TenantEvaluation {
    try {
      const instance = (this.#instance ??= new PolicyInstance(this.compiled))
      const { text, fuel } = instance.evaluate(this.#entrypoint, input, TENANT_BUDGET)
      if (instance.hasGrown) this.#instance = undefined
      const bytes = this.#reader.read(text)
      return { restrictions: this.#restrictionsOf(bytes, fuel), bytes, fuel }
    } catch (error) {
      this.#instance = undefined
      throw error instanceof EvaluationError ? error : new EvaluationError('trap', (error as Error).message)
    }
  }

  #restrictionsOf(bytes: Uint8Array, fuel: number): readonly Restriction[] {
    const known = this.#parsed.get(bytes)
    if (known) return known
    const parsed = Restrictions.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    if (!parsed.success) throw new EvaluationError('invalid', 'the module gave no list of restrictions', fuel)
    this.#parsed.set(bytes, parsed.data)
    return parsed.data
  }
}

/** Loads a tenant's compiled module. Raises {@link PolicyLoadError} where it is too large, not meterable or asks for more. */
export async function loadTenantModule(wasm: Uint8Array): Promise<TenantModule> {
  if (wasm.byteLength > TENANT_MAX_BYTES) {
    throw new PolicyLoadError(`the module has ${wasm.byteLength} bytes, at most ${TENANT_MAX_BYTES} are taken`)
  }
  return new TenantModule(digestOf(wasm), await compilePolicy(wasm, NO_DATA, TENANT_MAX_PAGES))
}
