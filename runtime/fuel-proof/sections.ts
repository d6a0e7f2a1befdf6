import { ByteReader } from '../metering/byte-reader.js'
import { ByteWriter } from '../metering/byte-writer.js'
import { Section } from '../metering/module-layout.js'
import { writeModule } from '../metering/module-writer.js'

/** Magic and version, before the first section. */
const PREAMBLE_BYTES = 8

/** The sections of a module by their number, without the custom ones. */
export type Sections = Map<number, Uint8Array>

export function readSections(wasm: Uint8Array): Sections {
  const reader = new ByteReader(wasm, PREAMBLE_BYTES)
  const sections: Sections = new Map()
  while (!reader.done) {
    const id = reader.byte()
    const content = reader.take(reader.u32())
    if (id !== Section.custom) sections.set(id, content.slice(content.position, content.end))
  }
  return sections
}

export function writeSections(sections: Sections): Uint8Array {
  return writeModule((id) => sections.get(id))
}

/** A vector of entries that are written already. */
export function vectorOf(entries: readonly ArrayLike<number>[]): Uint8Array {
  const writer = new ByteWriter().u32(entries.length)
  for (const entry of entries) writer.bytes(entry)
  return writer.finish().slice()
}

/** The vector with entries behind those that it has. */
export function extended(vector: Uint8Array | undefined, entries: readonly ArrayLike<number>[]): Uint8Array {
  const reader = new ByteReader(vector ?? new Uint8Array([0]))
  const writer = new ByteWriter().u32(reader.u32() + entries.length).bytes(reader.slice(reader.position, reader.end))
  for (const entry of entries) writer.bytes(entry)
  return writer.finish().slice()
}

/** The vector's entries, each of which begins with its length. */
export function sizedEntries(vector: Uint8Array | undefined): ByteReader[] {
  if (vector === undefined) return []
  const reader = new ByteReader(vector)
  return Array.from({ length: reader.u32() }, () => reader.take(reader.u32()))
}

/** An entry of the export section. */
export function exportEntry(name: string, kind: number, index: number): Uint8Array {
  return new ByteWriter().name(name).byte(kind).u32(index).finish()
}
