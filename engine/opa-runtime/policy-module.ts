import { createHash } from 'node:crypto'
import type { ByteReader } from '#runtime/metering/byte-reader.js'
import { functionNames, readLayout, readVector, Section, type ModuleLayout } from '#runtime/metering/module-layout.js'

/**
 * Functions of OPA's runtime that are replaced, or that the replacement relies on: how values lie in memory, and where the
 * allocator and the memo have their state. A release of OPA brings the same bytes of them into each policy, at the same index.
 */
const KNOWN = [
  ...['opa_json_lex_read', 'opa_json_parse', 'opa_json_parse_object', 'opa_json_parse_string', 'opa_json_parse_token'],
  ...['opa_value_parse', 'opa_value_compare', 'opa_value_compare_string', 'opa_value_get', 'opa_value_hash'],
  ...['__opa_object_insert', '__opa_object_grow', 'opa_object', 'opa_array', 'opa_array_append', 'opa_null'],
  ...['opa_string_allocated', '__opa_value_free', 'opa_malloc', 'opa_free', 'opa_heap_ptr_set'],
  ...['opa_memoize_init', 'opa_memoize_get', 'opa_memoize_insert'],
]

export type FunctionImport = ModuleLayout['imports'][number]

/** A module whose functions are found by the names that it gives them. */
export class PolicyModule {
  readonly layout: ModuleLayout
  /** Functions that it imports; they have the first indices. */
  readonly imports: readonly FunctionImport[]
  /** Bodies of its own functions. */
  readonly bodies: readonly Uint8Array[]
  readonly #names: ReadonlyMap<string, number>

  constructor(wasm: Uint8Array) {
    this.layout = readLayout(wasm)
    this.imports = this.layout.imports.filter(({ kind }) => kind === 'function')
    this.bodies = readVector(this.layout.raw.get(Section.code), (reader) => rest(reader.take(reader.u32())))
    this.#names = functionNames(wasm)
  }

  /** SHA-256 in hex by which a release of OPA's runtime is known; undefined where functions of it are missing. */
  get recognition(): string | undefined {
    const hash = createHash('sha256')
    for (const name of KNOWN) {
      const index = this.#names.get(name)
      const body = index === undefined ? undefined : this.body(index)
      if (!body) return undefined
      hash.update(`${name} ${index} ${body.length}:`).update(body)
    }
    return hash.digest('hex')
  }

  /** The function of that name. Fails where there is none. */
  indexOf(name: string): number {
    const index = this.#names.get(name)
    if (index === undefined) throw new Error(`the module has no function ${name}`)
    return index
  }

  /** Undefined of what it imports or does not have. */
  body(index: number): Uint8Array | undefined {
    return this.bodies[index - this.imports.length]
  }
}

/** What a reader has not read yet. */
export const rest = (reader: ByteReader): Uint8Array => reader.slice(reader.position, reader.end)
