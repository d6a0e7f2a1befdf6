import { ByteWriter } from './byte-writer.js'
import { Section } from './module-layout.js'

/** In the order that the format wants. */
const ORDER = [
  Section.type,
  Section.import,
  Section.function,
  Section.table,
  Section.memory,
  Section.global,
  Section.export,
  Section.start,
  Section.element,
  Section.dataCount,
  Section.code,
  Section.data,
]
/** `\0asm` and version 1. */
const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/** A module of these sections, by their number; undefined: it has none of that kind. Custom ones are not written. */
export function writeModule(section: (id: number) => Uint8Array | undefined): Uint8Array {
  const writer = new ByteWriter(1 << 16).bytes(PREAMBLE)
  for (const id of ORDER) {
    const content = section(id)
    if (content !== undefined) writer.byte(id).u32(content.length).bytes(content)
  }
  return writer.finish().slice()
}
