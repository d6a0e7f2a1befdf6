import { AdmissionError } from '../errors.js'
import { ByteReader } from '../metering/byte-reader.js'
import { skipValueType } from '../metering/instructions.js'
import { readLayout, readVector, Section, type ModuleLayout } from '../metering/module-layout.js'

/**
 * How much of each a core module may have: several times what the engines of JavaScript that guests are built with have, and
 * what a slot sets up in a moment. Imports count with what a module declares itself.
 */
const CAPS = {
  types: 10_000,
  functions: 100_000,
  tables: 16,
  globals: 10_000,
  exports: 10_000,
  element_segments: 10_000,
  data_segments: 50_000,
  /** Of one function: a call zeroes them all, whatever it pays. */
  locals: 5_000,
} as const
type Counted = keyof typeof CAPS

/**
 * Refuses a valid core module with more of something than a slot should have to set up.
 * Raises `AdmissionError` `admission.too_many_<what>`, such as `admission.too_many_locals`.
 */
export function refuseOutsized(wasm: Uint8Array): void {
  const counts = countsOf(readLayout(wasm))
  for (const what of Object.keys(CAPS) as Counted[]) {
    if (counts[what] <= CAPS[what]) continue
    const message = `a core module has ${counts[what]} ${what.replace('_', ' ')}; at most ${CAPS[what]}`
    throw new AdmissionError(`admission.too_many_${what}`, message, { count: counts[what], cap: CAPS[what] })
  }
}

function countsOf({ raw, imports, functionTypes, tables, globals, exports }: ModuleLayout): Record<Counted, number> {
  const imported = (kind: string): number => imports.filter((each) => each.kind === kind).length
  return {
    types: entries(raw.get(Section.type)),
    functions: functionTypes.length + imported('function'),
    tables: tables.length + imported('table'),
    globals: globals.length + imported('global'),
    exports: exports.length,
    element_segments: entries(raw.get(Section.element)),
    data_segments: entries(raw.get(Section.data)),
    locals: readVector(raw.get(Section.code), localsOf).reduce((most, each) => Math.max(most, each), 0),
  }
}

/** The count that a section begins with; the section itself stays to be read by others. */
const entries = (section: ByteReader | undefined): number =>
  section === undefined ? 0 : new ByteReader(section.bytes, section.position, section.end).u32()

function localsOf(reader: ByteReader): number {
  const body = reader.take(reader.u32())
  let locals = 0
  for (let runs = body.u32(); runs > 0; runs--) {
    locals += body.u32()
    skipValueType(body)
  }
  return locals
}
