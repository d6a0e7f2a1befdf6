import { AdmissionError } from '../errors.js'
import { HOST_MODULE } from '../metering/index.js'

const DEBUG_LOG = /\bconst _debugLog = \(\.\.\.args\) => \{[^{}]*\{ return; \}[^{}]*\};/

const RETURN = /\n *return \{ [^{}\n]*\bhandle\b[^{}\n]*\};\n *\}\)\(\);\n/g

const ALLOCATOR = /\b(realloc\d+) = (exports\d+(?:\.[\w$]+|\['[^']*'\]));/g
const ALLOCATOR_LEFT = new RegExp(String.raw`\brealloc\d+ = (?!imports\['${HOST_MODULE}'\])`)

/**
 * What a slot needs of the generated glue to put an instance back as it was: its resource handles, and the memory that it
 * writes by itself; and nothing that only slows it down. Raises `AdmissionError` `admission.glue_unknown` where the glue has another form than the pinned
 * generator gives it.
 */
export function adaptGlue(glue: string): string {
  return silenced(watchAllocators(exposeHandles(glue)))
}

/** Takes out a log for the generator's own authors: it looks into the environment a dozen times in each call. */
function silenced(glue: string): string {
  const silent = glue.replace(DEBUG_LOG, 'const _debugLog = () => {};')
  if (silent === glue) throw unknownGlue()
  return silent
}

/** Has the glue tell of all that it gets from a guest's allocator, since it writes there past the guest's own marks. */
function watchAllocators(glue: string): string {
  const watched = glue.replace(ALLOCATOR, `$1 = imports['${HOST_MODULE}'].watchAllocator($2);`)
  if (ALLOCATOR_LEFT.test(watched)) throw unknownGlue()
  return watched
}

/**
 * Adds `gatehouseHandles` to what the generated glue gives back: the tables of resource handles that it keeps outside the
 * guest's memory, so that a slot sees when putting memory back isn't all.
 */
function exposeHandles(glue: string): string {
  const [place, ...others] = glue.match(RETURN) ?? []
  if (place === undefined || others.length > 0) throw unknownGlue()
  const tables = glue.includes('const HANDLE_TABLES') ? 'HANDLE_TABLES' : '[]'
  return glue.replace(place, () => place.replace('return { ', `return { gatehouseHandles: () => ${tables}, `))
}

/** The generated glue has another form than the pinned generator gives it: what follows from its form would be a guess. */
export const unknownGlue = (): AdmissionError =>
  new AdmissionError('admission.glue_unknown', 'the generated glue has an unknown form')
