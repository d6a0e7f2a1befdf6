import { AdmissionError } from '../errors.js'
import { ByteReader } from './byte-reader.js'
import { skipConstantExpression, skipReferenceType, skipValueType, unsupported } from './instructions.js'

export const Section = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const

export type ExternalKind = 'function' | 'table' | 'memory' | 'global'
const KINDS: readonly ExternalKind[] = ['function', 'table', 'memory', 'global']

/** Sizes in pages (memory) or elements (table); `maximum` undefined: none declared. */
export interface Limits {
  readonly minimum: number
  readonly maximum: number | undefined
}
export interface ImportedEntity {
  readonly module: string
  readonly name: string
  readonly kind: ExternalKind
  /** The import's bytes without its limits, and its limits, for memories and tables; the whole of it for others. */
  readonly head: Uint8Array
  readonly limits: Limits | undefined
  readonly typeIndex: number
}
export interface TableEntity {
  readonly head: Uint8Array
  readonly limits: Limits
}
export interface GlobalEntity {
  readonly type: number
  readonly mutable: boolean
}
export interface ExportedEntity {
  readonly name: string
  readonly kind: ExternalKind
  readonly index: number
}
/** What the metering pass needs to know of a module. Sections that it copies unread stay in `raw`. */
export interface ModuleLayout {
  readonly raw: ReadonlyMap<number, ByteReader>
  readonly parameterCounts: readonly number[]
  readonly imports: readonly ImportedEntity[]
  readonly functionTypes: readonly number[]
  readonly tables: readonly TableEntity[]
  readonly memories: readonly Limits[]
  readonly globals: readonly GlobalEntity[]
  readonly exports: readonly ExportedEntity[]
}

/** Splits a valid module into what the pass rewrites and what it copies. Custom sections are dropped: branch hints name offsets that move. */
export function readLayout(wasm: Uint8Array): ModuleLayout {
  const raw = readSections(wasm)
  const entries = <T>(section: number, read: (reader: ByteReader) => T): T[] => readVector(raw.get(section), read)
  return {
    raw,
    parameterCounts: entries(Section.type, readParameterCount),
    imports: entries(Section.import, readImport),
    functionTypes: entries(Section.function, (reader) => reader.u32()),
    tables: entries(Section.table, readTable),
    memories: entries(Section.memory, readLimits),
    globals: entries(Section.global, readGlobal),
    exports: entries(Section.export, readExport),
  }
}

function readSections(wasm: Uint8Array): Map<number, ByteReader> {
  const reader = new ByteReader(wasm, 8)
  const raw = new Map<number, ByteReader>()
  while (!reader.done) {
    const id = reader.byte()
    const body = reader.take(reader.u32())
    if (id === Section.custom) continue
    if (id > Section.dataCount) throw unsupported(id === 13 ? 'exceptions' : `section ${id}`)
    raw.set(id, body)
  }
  return raw
}

/** Reads a section's entries from a cursor of its own, so that the section can still be copied whole. */
export function readVector<T>(section: ByteReader | undefined, read: (reader: ByteReader) => T): T[] {
  if (section === undefined) return []
  const reader = new ByteReader(section.bytes, section.position, section.end)
  const entries: T[] = []
  for (let count = reader.u32(); count > 0; count--) entries.push(read(reader))
  return entries
}

/** A section's entries without their count. */
export function entriesOf(section: ByteReader | undefined): Uint8Array {
  if (section === undefined) return new Uint8Array()
  const reader = new ByteReader(section.bytes, section.position, section.end)
  reader.u32()
  return reader.slice(reader.position, reader.end)
}

function readParameterCount(reader: ByteReader): number {
  const form = reader.byte()
  if (form !== 0x60) throw unsupported('garbage-collected types')
  const parameters = reader.u32()
  for (let index = 0; index < parameters; index++) skipValueType(reader)
  for (let results = reader.u32(); results > 0; results--) skipValueType(reader)
  return parameters
}

function readImport(reader: ByteReader): ImportedEntity {
  const start = reader.position
  const module = reader.name()
  const name = reader.name()
  const kind = readKind(reader)
  let typeIndex = -1
  if (kind === 'function') typeIndex = reader.u32()
  if (kind === 'global') readGlobalType(reader)
  if (kind === 'table') skipReferenceType(reader)
  const head = reader.slice(start)
  const limits = kind === 'table' || kind === 'memory' ? readLimits(reader) : undefined
  return { module, name, kind, head, limits, typeIndex }
}

function readKind(reader: ByteReader): ExternalKind {
  const kind = KINDS[reader.byte()]
  if (kind === undefined) throw unsupported('exceptions')
  return kind
}

function readTable(reader: ByteReader): TableEntity {
  const start = reader.position
  skipReferenceType(reader)
  return { head: reader.slice(start), limits: readLimits(reader) }
}

function readLimits(reader: ByteReader): Limits {
  const flags = reader.byte()
  if ((flags & 0x02) !== 0) throw unsupported('threads (shared memory)')
  if ((flags & 0x04) !== 0) throw unsupported('64-bit memory')
  if (flags > 1) throw unsupported('custom page sizes')
  return { minimum: reader.u32(), maximum: flags === 1 ? reader.u32() : undefined }
}

function readGlobalType(reader: ByteReader): GlobalEntity {
  const type = skipValueType(reader)
  const mutability = reader.byte()
  if (mutability > 1) throw unsupported('shared globals')
  return { type, mutable: mutability === 1 }
}

function readGlobal(reader: ByteReader): GlobalEntity {
  const global = readGlobalType(reader)
  skipConstantExpression(reader)
  return global
}

function readExport(reader: ByteReader): ExportedEntity {
  return { name: reader.name(), kind: readKind(reader), index: reader.u32() }
}

/** The smaller of what the module declares and the cap. Raises `code` where even the minimum is over the cap. */
export function capLimits(limits: Limits, cap: number, code: string): { minimum: number; maximum: number } {
  if (limits.minimum > cap)
    throw new AdmissionError(code, `the module starts with ${limits.minimum}, the cap is ${cap}`, {
      minimum: limits.minimum,
      cap,
    })
  return { minimum: limits.minimum, maximum: Math.min(limits.maximum ?? cap, cap) }
}

/** Subsection of the section `name` that names functions. */
const FUNCTION_NAMES = 1

/** Indices of functions by the names that the module gives them for debuggers; where several have a name, the first. */
export function functionNames(wasm: Uint8Array): Map<string, number> {
  const names = new Map<string, number>()
  const reader = new ByteReader(wasm, 8)
  while (!reader.done) {
    const id = reader.byte()
    const section = reader.take(reader.u32())
    if (id === Section.custom && section.name() === 'name') readFunctionNames(section, names)
  }
  return names
}

function readFunctionNames(section: ByteReader, names: Map<string, number>): void {
  while (!section.done) {
    const kind = section.byte()
    const entries = section.take(section.u32())
    if (kind !== FUNCTION_NAMES) continue
    for (let count = entries.u32(); count > 0; count--) {
      const index = entries.u32()
      const name = entries.name()
      if (!names.has(name)) names.set(name, index)
    }
  }
}
