import { ByteReader } from '../metering/byte-reader.js'
import { ByteWriter } from '../metering/byte-writer.js'
import { Section, readLayout } from '../metering/module-layout.js'
import { writeModule } from '../metering/module-writer.js'

const PAGE_BYTES = 65_536
/** Zeros in between that cost more as a new segment than as bytes. */
const GAP_BYTES = 16
const I32_CONST = 0x41
const END = 0x0b

/**
 * The module with what its first memory holds replaced: from its first moment on it is as large as `memory`, and equal to it.
 * Undefined where the module's data is not of one memory alone, or is not put there when it starts.
 */
export const withMemory = (wasm: Uint8Array, memory: Uint8Array): Uint8Array | undefined => {
  const layout = readLayout(wasm)
  if (layout.raw.has(Section.dataCount) || layout.memories.length === 0) return undefined
  if (layout.imports.some(({ kind }) => kind === 'memory')) return undefined
  const memories = resized(layout.raw.get(Section.memory)!, memory.length / PAGE_BYTES)
  const data = dataOf(memory)
  return writeModule((id) => {
    if (id === Section.memory) return memories
    if (id === Section.data) return data
    const section = layout.raw.get(id)
    return section?.bytes.subarray(section.position, section.end)
  })
}

/** The memory section with another minimum for the first memory. */
const resized = (section: ByteReader, pages: number): Uint8Array => {
  const reader = new ByteReader(section.bytes, section.position, section.end)
  const writer = new ByteWriter().u32(reader.u32()).byte(reader.byte()).u32(pages)
  reader.u32()
  return writer.bytes(section.bytes.subarray(reader.position, section.end)).finish()
}

/** A data section with what is not zero. */
const dataOf = (memory: Uint8Array): Uint8Array => {
  const segments = segmentsOf(memory)
  const writer = new ByteWriter(memory.length >> 2).u32(segments.length)
  for (const { start, end } of segments)
    writer
      .bytes([0, I32_CONST])
      .s64(BigInt(start | 0))
      .byte(END)
      .u32(end - start)
      .bytes(memory.subarray(start, end))
  return writer.finish()
}

const segmentsOf = (memory: Uint8Array): { start: number; end: number }[] => {
  const segments: { start: number; end: number }[] = []
  let current: { start: number; end: number } | undefined
  for (let at = 0; at < memory.length; at++) {
    if (memory[at] === 0) continue
    if (current && at - current.end <= GAP_BYTES) current.end = at + 1
    else segments.push((current = { start: at, end: at + 1 }))
  }
  return segments
}
