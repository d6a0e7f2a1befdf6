import { ValueType } from '../metering/instructions.js'
import { Section } from '../metering/module-layout.js'
import type { ModuleInterface } from './interface.js'
import { exportEntry, extended, readSections, writeSections } from './sections.js'

const [TABLE, MEMORY, GLOBAL] = [1, 2, 3]

/** The module with all its state exported, so that two of them can be compared. */
export function opened(wasm: Uint8Array, { memories, tables, globals }: ModuleInterface): Uint8Array {
  const sections = readSections(wasm)
  const entries = [
    ...Array.from({ length: memories }, (_, index) => exportEntry(`proof:memory:${index}`, MEMORY, index)),
    ...Array.from({ length: tables }, (_, index) => exportEntry(`proof:table:${index}`, TABLE, index)),
    ...globals.flatMap(({ type }, index) =>
      type === ValueType.v128 ? [] : [exportEntry(`proof:global:${index}`, GLOBAL, index)],
    ),
  ]
  return writeSections(sections.set(Section.export, extended(sections.get(Section.export), entries)))
}

const TABLE_ELEMENTS_COMPARED = 1024

/** What of an instance can be seen from outside, apart from its memories, as text. */
export function stateOf(exports: WebAssembly.Exports): string {
  return Object.entries(exports)
    .filter(([name]) => name.startsWith('proof:'))
    .map(([name, value]) => `${name} ${describe(value)}`)
    .join('\n')
}

/** An instance's memories, in order. */
export function memoriesOf(exports: WebAssembly.Exports): Uint8Array[] {
  return Object.entries(exports)
    .filter(([name]) => name.startsWith('proof:memory:'))
    .map(([, memory]) => new Uint8Array((memory as WebAssembly.Memory).buffer))
}

/** A value that JavaScript sees, as text that tells −0 from 0, and functions by their place in their module. */
export function valueText(value: unknown): string {
  if (typeof value === 'function') return `function ${value.name}`
  return Object.is(value, -0) ? '-0' : String(value)
}

function describe(value: unknown): string {
  if (value instanceof WebAssembly.Global) return valueText(value.value)
  if (value instanceof WebAssembly.Memory) return String(value.buffer.byteLength)
  const table = value as WebAssembly.Table
  const shown = Math.min(table.length, TABLE_ELEMENTS_COMPARED)
  return `${table.length} ${Array.from({ length: shown }, (_, index) => valueText(table.get(index))).join()}`
}
