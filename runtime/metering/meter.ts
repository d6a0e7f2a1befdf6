import { AdmissionError } from '../errors.js'
import type { ByteReader } from './byte-reader.js'
import { ByteWriter } from './byte-writer.js'
import { meterBody, type MeterGlobals } from './function-body.js'
import { unsupported, ValueType } from './instructions.js'
import {
  capLimits,
  entriesOf,
  readLayout,
  readVector,
  Section,
  type ExportedEntity,
  type ExternalKind,
  type Limits,
  type ModuleLayout,
} from './module-layout.js'
import { writeModule } from './module-writer.js'
import { markPages } from './write-barrier.js'

/** Name under which a metered module exports its fuel: a mutable i64 that the host fills before a call and reads after it. */
export const FUEL_EXPORT = 'gatehouse:fuel'
/** Name under which it exports its memory, whether or not it did so itself. */
export const MEMORY_EXPORT = 'gatehouse:memory'
/** Mutable i32: pages up to which the memory may grow now. A host lowers it for one call; it starts at the module's maximum. */
export const PAGE_CAP_EXPORT = 'gatehouse:page-cap'
/** Mutable i32: 1 once a growth was refused; the host clears it. */
export const GROWTH_REFUSED_EXPORT = 'gatehouse:growth-refused'
/**
 * A memory with a byte for each 4 KiB of the module's memory, not 0 once something was written there. Who owns the memory
 * exports it; who imports that must be given the owner's, as the import of this name from the module `gatehouse:host`.
 */
export const MARKS_EXPORT = 'gatehouse:marks'
/** The module that marks are imported from. */
export const HOST_MODULE = 'gatehouse:host'
/** Names that are ours, in imports and exports. */
const RESERVED_PREFIX = 'gatehouse:'

const MUTABLE = 0x01
const I64_CONST = 0x42
const I32_CONST = 0x41
const END = 0x0b
const KIND_CODES: Record<ExternalKind, number> = { function: 0, table: 1, memory: 2, global: 3 }

export interface MeterOptions {
  /** Cap on the memory, in pages of 64 KiB; lowers a declared maximum, also that of an imported memory. */
  readonly maxMemoryPages: number
  /** Cap on each table, in elements. Default 65,536. */
  readonly maxTableElements?: number
  /** Fuel that the instance starts with, for its start function and for what runs before the host first fills it. Default 0. */
  readonly initialFuel?: bigint
  /**
   * Also export the memory and every mutable global, and mark what is written to memory, so that a host can put an instance
   * back as it was. Default false.
   */
  readonly exportState?: boolean
}

export interface MeteredMemory extends Limits {
  readonly imported: boolean
  readonly maximum: number
}

export interface MeteredModule {
  readonly wasm: Uint8Array
  readonly memory: MeteredMemory | undefined
  readonly imports: readonly { readonly module: string; readonly name: string; readonly kind: ExternalKind }[]
  /** The module's own exports; the reserved ones are not listed. */
  readonly exports: readonly { readonly name: string; readonly kind: ExternalKind }[]
  /** Export names of its mutable globals, with `exportState`. */
  readonly stateGlobals: readonly string[]
  /** Memory and exported globals are all its state: false where it writes tables, drops segments or has a v128 global. */
  readonly resettable: boolean
}

/**
 * Rewrites a core module so that it pays for what it runs and traps (`unreachable`) when its fuel falls below zero, and so that
 * it can't grow beyond the caps. Pure and deterministic. The module is validated before and after.
 * Raises `AdmissionError`: `admission.invalid_wasm`, `admission.malformed`, `admission.unsupported` (threads, exceptions, GC,
 * several memories, relaxed SIMD …), `admission.memory_too_large`, `admission.table_too_large`, `admission.reserved_name`.
 */
export function meter(wasm: Uint8Array, options: MeterOptions): MeteredModule {
  if (!WebAssembly.validate(wasm as BufferSource))
    throw new AdmissionError('admission.invalid_wasm', 'the module is not valid WebAssembly')
  const layout = readLayout(wasm)
  refuseReservedNames(layout)
  const plan = new Rewrite(layout, options)
  const metered = plan.write()
  if (!WebAssembly.validate(metered as BufferSource))
    throw unsupported('a construct that the metering pass does not know')
  return {
    wasm: metered,
    memory: plan.memory,
    imports: layout.imports.map(({ module, name, kind }) => ({ module, name, kind })),
    exports: layout.exports.map(({ name, kind }) => ({ name, kind })),
    stateGlobals: plan.stateGlobals.map(({ name }) => name),
    resettable: !plan.hidesState,
  }
}

function refuseReservedNames(layout: ModuleLayout): void {
  const names = [
    ...layout.exports.map(({ name }) => name),
    ...layout.imports.flatMap(({ module, name }) => [module, name]),
  ]
  const taken = names.find((name) => name.startsWith(RESERVED_PREFIX) && !name.startsWith('gatehouse:extension/'))
  if (taken !== undefined)
    throw new AdmissionError('admission.reserved_name', `the name ${taken} is reserved`, { name: taken })
}

class Rewrite {
  hidesState: boolean
  readonly memory: MeteredMemory | undefined
  readonly stateGlobals: readonly { name: string; index: number }[]
  private readonly added: MeterGlobals

  constructor(
    private readonly layout: ModuleLayout,
    private readonly options: MeterOptions,
  ) {
    const importedGlobals = layout.imports.filter(({ kind }) => kind === 'global').length
    const first = importedGlobals + layout.globals.length
    this.added = { fuel: first, pageCap: first + 1, growthRefused: first + 2 }
    const mutable = layout.globals
      .map((global, offset) => ({ ...global, index: importedGlobals + offset }))
      .filter((global) => global.mutable)
    this.hidesState = mutable.some(({ type }) => type === ValueType.v128)
    const exported = options.exportState === true ? mutable.filter(({ type }) => type !== ValueType.v128) : []
    this.stateGlobals = exported.map(({ index }) => ({ name: `${RESERVED_PREFIX}global:${index}`, index }))
    this.memory = this.cappedMemory()
  }

  write(): Uint8Array {
    return writeModule((id) => this.section(id))
  }

  private section(id: number): Uint8Array | undefined {
    const original = this.layout.raw.get(id)
    if (id === Section.global) return this.globals(original)
    if (id === Section.export) return this.exports(original)
    if (id === Section.import) return this.imports()
    if (id === Section.memory) return this.memories()
    if (original === undefined) return undefined
    if (id === Section.table) return this.tables()
    if (id === Section.code) return this.code(original)
    return original.slice(original.position, original.end)
  }

  private imports(): Uint8Array | undefined {
    const importsMarks = this.marksWrites && this.memory!.imported
    const count = this.layout.imports.length + (importsMarks ? 1 : 0)
    if (count === 0) return undefined
    const writer = new ByteWriter().u32(count)
    for (const entity of this.layout.imports) {
      writer.bytes(entity.head)
      if (entity.limits !== undefined)
        writeLimits(writer, entity.kind === 'memory' ? this.capMemory(entity.limits) : this.capTable(entity.limits))
    }
    if (importsMarks) writeLimits(writer.name(HOST_MODULE).name(MARKS_EXPORT).byte(KIND_CODES.memory), this.markLimits)
    return writer.finish()
  }

  private tables(): Uint8Array {
    const writer = new ByteWriter().u32(this.layout.tables.length)
    for (const table of this.layout.tables) writeLimits(writer.bytes(table.head), this.capTable(table.limits))
    return writer.finish()
  }

  private memories(): Uint8Array | undefined {
    const { memories } = this.layout
    if (memories.length === 0) return undefined
    const writer = new ByteWriter().u32(memories.length + (this.marksWrites ? 1 : 0))
    for (const memory of memories) writeLimits(writer, this.capMemory(memory))
    if (this.marksWrites) writeLimits(writer, this.markLimits)
    return writer.finish()
  }

  private globals(original: ByteReader | undefined): Uint8Array {
    const writer = new ByteWriter().u32(this.layout.globals.length + 3).bytes(entriesOf(original))
    writer
      .bytes([ValueType.i64, MUTABLE, I64_CONST])
      .s64(this.options.initialFuel ?? 0n)
      .byte(END)
    writer.bytes([ValueType.i32, MUTABLE, I32_CONST]).s64(BigInt(this.options.maxMemoryPages)).byte(END)
    return writer.bytes([ValueType.i32, MUTABLE, I32_CONST, 0, END]).finish()
  }

  private exports(original: ByteReader | undefined): Uint8Array {
    const added: ExportedEntity[] = [
      { name: FUEL_EXPORT, kind: 'global', index: this.added.fuel },
      { name: PAGE_CAP_EXPORT, kind: 'global', index: this.added.pageCap },
      { name: GROWTH_REFUSED_EXPORT, kind: 'global', index: this.added.growthRefused },
      ...this.stateGlobals.map((global): ExportedEntity => ({ ...global, kind: 'global' })),
    ]
    if (this.marksWrites && !this.memory!.imported)
      added.push({ name: MEMORY_EXPORT, kind: 'memory', index: 0 }, { name: MARKS_EXPORT, kind: 'memory', index: 1 })
    const writer = new ByteWriter().u32(this.layout.exports.length + added.length).bytes(entriesOf(original))
    for (const { name, kind, index } of added) writer.name(name).byte(KIND_CODES[kind]).u32(index)
    return writer.finish()
  }

  private code(original: ByteReader): Uint8Array {
    let index = 0
    const bodies = readVector(original, (reader) => this.body(reader.take(reader.u32()), index++))
    const writer = new ByteWriter(original.end - original.position).u32(bodies.length)
    for (const body of bodies) writer.u32(body.length).bytes(body)
    return writer.finish()
  }

  private body(reader: ByteReader, index: number): Uint8Array {
    const parameters = this.layout.parameterCounts[this.layout.functionTypes[index] ?? -1]
    if (parameters === undefined) throw new AdmissionError('admission.malformed', `function ${index} has no type`)
    const { code, hidesState } = meterBody(reader, {
      globals: this.added,
      parameterCount: parameters,
      marksWrites: this.marksWrites,
    })
    this.hidesState ||= hidesState
    return code
  }

  /** Marks lie in a second memory, behind the module's only one. */
  private get marksWrites(): boolean {
    return this.options.exportState === true && this.memory !== undefined
  }

  private get markLimits(): { minimum: number; maximum: number } {
    const pages = markPages(this.options.maxMemoryPages)
    return { minimum: pages, maximum: pages }
  }

  private cappedMemory(): MeteredMemory | undefined {
    const imported = this.layout.imports.filter(({ kind }) => kind === 'memory').map(({ limits }) => limits!)
    if (imported.length + this.layout.memories.length > 1) throw unsupported('more than one memory')
    const limits = imported[0] ?? this.layout.memories[0]
    return limits && { imported: imported.length > 0, ...this.capMemory(limits) }
  }

  private capMemory(limits: Limits): { minimum: number; maximum: number } {
    return capLimits(limits, this.options.maxMemoryPages, 'admission.memory_too_large')
  }

  private capTable(limits: Limits): { minimum: number; maximum: number } {
    return capLimits(limits, this.options.maxTableElements ?? 65_536, 'admission.table_too_large')
  }
}

function writeLimits(writer: ByteWriter, limits: { minimum: number; maximum: number }): void {
  writer.byte(1).u32(limits.minimum).u32(limits.maximum)
}
