import { ByteReader } from '../metering/byte-reader.js'
import { ByteWriter } from '../metering/byte-writer.js'
import { readInstruction, skipValueType, ValueType } from '../metering/instructions.js'
import { readLayout, Section } from '../metering/module-layout.js'
import { opcodeOf } from './opcodes.js'
import { exportEntry, extended, readSections, sizedEntries, vectorOf, writeSections } from './sections.js'

const GLOBAL_SET = 0x24
const I32_CONST = 0x41
const END = 0x0b
const GLOBAL_KIND = 3
const PREFIX = 'proof:ran:'

/** A module that notes which of its instructions were run: not only which it has. */
export interface WatchedModule {
  readonly wasm: Uint8Array
  /** Opcodes of which an instruction was reached, once calls were made. */
  ran(exports: WebAssembly.Exports): string[]
}

/** Watches those opcodes that are not `known`; undefined where the module has no others. */
export function watchOpcodes(wasm: Uint8Array, known: ReadonlySet<string>): WatchedModule | undefined {
  const sections = readSections(wasm)
  const layout = readLayout(wasm)
  const first = layout.globals.length + layout.imports.filter(({ kind }) => kind === 'global').length
  const watched = new Map<string, number>()
  const globalOf = (opcode: string): number | undefined => {
    if (known.has(opcode)) return undefined
    if (!watched.has(opcode)) watched.set(opcode, first + watched.size)
    return watched.get(opcode)
  }
  const bodies = sizedEntries(sections.get(Section.code)).map((body) => watchBody(body, globalOf))
  if (watched.size === 0) return undefined
  const global = [ValueType.i32, 1, I32_CONST, 0, END]
  const exported = [...watched].map(([opcode, index]) => exportEntry(`${PREFIX}${opcode}`, GLOBAL_KIND, index))
  sections.set(Section.global, extended(sections.get(Section.global), Array(watched.size).fill(global)))
  sections.set(Section.export, extended(sections.get(Section.export), exported))
  sections.set(Section.code, vectorOf(bodies))
  const ran = (exports: WebAssembly.Exports): string[] =>
    [...watched.keys()].filter((opcode) => (exports[`${PREFIX}${opcode}`] as WebAssembly.Global).value === 1)
  return { wasm: writeSections(sections), ran }
}

function watchBody(body: ByteReader, globalOf: (opcode: string) => number | undefined): Uint8Array {
  const reader = new ByteReader(body.bytes, body.position, body.end)
  for (let runs = reader.u32(); runs > 0; runs--) {
    reader.u32()
    skipValueType(reader)
  }
  const writer = new ByteWriter((body.end - body.position) * 4).bytes(reader.slice(body.position))
  while (!reader.done) {
    const at = reader.position
    const global = globalOf(opcodeOf(readInstruction(reader)))
    if (global !== undefined) writer.bytes([I32_CONST, 1, GLOBAL_SET]).u32(global)
    writer.bytes(reader.slice(at))
  }
  const code = writer.finish()
  return new ByteWriter(code.length + 5).u32(code.length).bytes(code).finish().slice()
}
