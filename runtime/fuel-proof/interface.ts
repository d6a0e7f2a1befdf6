import type { ByteReader } from '../metering/byte-reader.js'
import { skipValueType } from '../metering/instructions.js'
import { readLayout, readVector, Section, type ExternalKind, type Limits } from '../metering/module-layout.js'

/** Value types by their code in the binary format. */
export interface Signature {
  readonly parameters: readonly number[]
  readonly results: readonly number[]
}
export type ModuleImport = { readonly module: string; readonly name: string } & (
  | { readonly kind: 'function'; readonly signature: Signature }
  | { readonly kind: 'global'; readonly type: number; readonly mutable: boolean }
  | { readonly kind: 'memory' | 'table'; readonly limits: Limits; readonly type: number }
)
/** What a module takes and gives, with the types that JavaScript's reflection does not tell. */
export interface ModuleInterface {
  readonly imports: readonly ModuleImport[]
  /** Functions by the name that they are exported under. */
  readonly functions: readonly { readonly name: string; readonly signature: Signature }[]
  /** How many there are, imported ones included; and which globals JavaScript can't read. */
  readonly memories: number
  readonly tables: number
  readonly globals: readonly { readonly type: number; readonly mutable: boolean }[]
}

/** Raises what admission raises. */
export function interfaceOf(wasm: Uint8Array): ModuleInterface {
  const layout = readLayout(wasm)
  const types = readVector(layout.raw.get(Section.type), readSignature)
  const imports = layout.imports.map((entity): ModuleImport => {
    const { module, name, kind, head } = entity
    const [last, beforeLast] = [head.at(-1)!, head.at(-2)!]
    if (kind === 'function') return { module, name, kind, signature: types[entity.typeIndex]! }
    if (kind === 'global') return { module, name, kind, type: beforeLast, mutable: last === 1 }
    return { module, name, kind, limits: entity.limits!, type: last }
  })
  const count = (kind: ExternalKind): number => imports.filter((entity) => entity.kind === kind).length
  const functionTypes = [
    ...layout.imports.filter(({ kind }) => kind === 'function').map(({ typeIndex }) => typeIndex),
    ...layout.functionTypes,
  ]
  const functions = layout.exports.filter(({ kind }) => kind === 'function')
  return {
    imports,
    functions: functions.map(({ name, index }) => ({ name, signature: types[functionTypes[index]!]! })),
    memories: count('memory') + layout.memories.length,
    tables: count('table') + layout.tables.length,
    globals: [...imports.filter((entity) => entity.kind === 'global'), ...layout.globals],
  }
}

function readSignature(reader: ByteReader): Signature {
  reader.byte()
  const types = (): number[] => Array.from({ length: reader.u32() }, () => skipValueType(reader))
  return { parameters: types(), results: types() }
}
