import { LRUCache } from 'lru-cache'
import { EvaluationError } from '#engine/errors.js'
import { loadTenantModule, type TenantEvaluation, type TenantModule } from '#engine/tenant/load.js'
import type { Clock } from '../killswitch/clock.js'

/** Modules that are kept ready; each has up to 4 MiB, most of them half a MiB. */
const MAX_LOADED = 128
/** For how long a module that could not be loaded is not tried again, in milliseconds. */
const RETRY_MS = 5_000
/** For how long a module that did not end is not asked again, in milliseconds: what it costs the others is bounded. */
const REST_MS = 1_000

/** Where compiled modules come from. */
export interface ModuleSource {
  /** The bytes of this digest, verified. Rejects where they are not kept. */
  read(digest: string): Promise<Uint8Array>
}

/** Which module an organisation has in force; null where it took it back. */
export interface ModulePointer {
  readonly tenant: string
  readonly module: string | null
}

/** What the module of an organisation said of an input; without an evaluation it had nothing to say that counts. */
export interface TenantSaid {
  readonly module: string | null
  readonly said: TenantEvaluation | null
  readonly fuel: number
}

export interface TenantModulesOptions {
  readonly clock: Pick<Clock, 'now'>
  readonly maxLoaded?: number
}

/**
 * Which organisations have policy of their own, and their modules, ready to be asked. Until it was told once, nobody knows
 * who has one, and everybody's is unavailable. Asking is synchronous; whoever can wait waits for `pending` first.
 */
export class TenantModules {
  #pointers: Map<string, string> | null = null
  readonly #loaded: LRUCache<string, TenantModule>
  readonly #loading = new Map<string, Promise<void>>()
  /** When a module that could not be loaded, or did not end, may be tried again; by the clock. */
  readonly #failed = new LRUCache<string, number>({ max: 10_000 })
  readonly #resting = new LRUCache<string, number>({ max: 10_000 })

  constructor(
    private readonly source: ModuleSource,
    private readonly options: TenantModulesOptions,
  ) {
    this.#loaded = new LRUCache({ max: options.maxLoaded ?? MAX_LOADED })
  }

  /**
   * Takes over what is in force: of every organisation, or (`whole: false`) of those that are named. What came in force is
   * loaded at once, as much as is kept, so that decisions need not wait for it; resolves then, and never rejects.
   */
  async follow(pointers: readonly ModulePointer[], whole: boolean): Promise<void> {
    const before = this.#pointers
    const next = new Map(whole ? [] : before)
    for (const { tenant, module } of pointers) {
      if (module === null) next.delete(tenant)
      else next.set(tenant, module)
    }
    this.#pointers = next
    const changed = pointers.filter(({ tenant, module }) => module !== null && module !== before?.get(tenant))
    // Those that do not fit would only push out the others.
    for (const { tenant } of changed.slice(0, this.#loaded.max)) await this.pending(tenant)
  }

  /** Whether it is known who has one. */
  get known(): boolean {
    return this.#pointers !== null
  }

  /** The module that an organisation has in force; null where it has none. */
  inForce(tenant: string): string | null {
    return this.#pointers?.get(tenant) ?? null
  }

  /** What to wait for before an organisation's module can be asked; undefined where there is nothing. Never rejects. */
  pending(tenant: string): Promise<void> | undefined {
    if (!this.#pointers?.size) return undefined
    const digest = this.#pointers.get(tenant)
    if (digest === undefined || this.#loaded.has(digest) || this.#isAhead(this.#failed, digest)) return undefined
    return this.#load(digest)
  }

  /** Asks the module of an organisation; null where it has none, or nobody may say so. Whatever goes wrong is no pass: `said` is null. */
  ask(tenant: string, input: Uint8Array): TenantSaid | null {
    if (this.#pointers === null) return { module: null, said: null, fuel: 0 }
    if (this.#pointers.size === 0) return null
    const digest = this.#pointers.get(tenant)
    return digest === undefined ? null : this.#askModule(digest, input)
  }

  /** The module of a digest, in force or past. Rejects where it is not kept, or does not load. */
  async at(digest: string): Promise<TenantModule> {
    return this.#loaded.peek(digest) ?? loadTenantModule(await this.source.read(digest))
  }

  #askModule(digest: string, input: Uint8Array): TenantSaid {
    const module = this.#loaded.get(digest)
    const nothing = { module: digest, said: null, fuel: 0 }
    if (!module || this.#isAhead(this.#resting, digest)) return nothing
    try {
      const said = module.evaluate(input)
      return { module: digest, said, fuel: said.fuel }
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error
      if (error.reason === 'budget' || error.reason === 'memory')
        this.#resting.set(digest, this.options.clock.now() + REST_MS)
      return { ...nothing, fuel: error.fuel }
    }
  }

  #load(digest: string): Promise<void> {
    const known = this.#loading.get(digest)
    if (known) return known
    const loading = this.#loadNow(digest).finally(() => this.#loading.delete(digest))
    this.#loading.set(digest, loading)
    return loading
  }

  async #loadNow(digest: string): Promise<void> {
    try {
      this.#loaded.set(digest, await loadTenantModule(await this.source.read(digest)))
      this.#failed.delete(digest)
    } catch {
      this.#failed.set(digest, this.options.clock.now() + RETRY_MS)
    }
  }

  #isAhead(moments: LRUCache<string, number>, digest: string): boolean {
    const moment = moments.get(digest)
    return moment !== undefined && this.options.clock.now() < moment
  }
}
