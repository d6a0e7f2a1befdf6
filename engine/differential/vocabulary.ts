import { APPROVAL_STATES, CHANNELS, INSTALL_STATUSES, RUNGS, type Gate } from '#contract/vocabulary.js'
import { canonicalBytes } from '../canonical.js'
import { isList, isObject, shapeOf, sitesOf, type Json } from './shape.js'

/** Words of places that the schema leaves open, by the last two names of their path. */
const WORDS: Readonly<Record<string, readonly Json[]>> = {
  'rung/value': [...RUNGS],
  'health/value': ['good', 'fair', 'degraded', 'critical'],
  'promotion/from': [...CHANNELS],
  'promotion/to': [...CHANNELS],
  'install/status': [...INSTALL_STATUSES],
  'approval/state': [...APPROVAL_STATES],
}

/** What the golden cases say, so that what is put together from it means something to the rules. */
export interface Vocabulary {
  /** Values seen at a place like this one: the same last two names. */
  readonly at: (path: readonly string[]) => readonly Json[]
  /** All numbers of the cases and of the platform's own limits. */
  readonly numbers: readonly number[]
  /** All strings of the cases. */
  readonly strings: readonly string[]
}

/**
 * Collects what the cases of one gate say.
 * @param platform platform data, whose numbers are limits that rules compare with
 */
export function vocabularyOf(gate: Gate, inputs: readonly Json[], platform: Json): Vocabulary {
  const seen = new Map<string, Map<string, Json>>()
  const note = (place: string, value: Json) => {
    const values = seen.get(place) ?? new Map<string, Json>()
    seen.set(place, values.set(new TextDecoder().decode(canonicalBytes(value)), value))
  }
  for (const [place, words] of Object.entries(WORDS)) for (const word of words) note(place, word)
  const shape = shapeOf(gate)
  for (const input of inputs) for (const { path, value } of sitesOf(shape, input)) note(placeOf(path), value)
  const leaves = inputs.flatMap(leavesOf)
  return {
    at: (path) => [...(seen.get(placeOf(path))?.values() ?? [])],
    numbers: distinct([...leaves, ...leavesOf(platform)].filter((leaf) => typeof leaf === 'number')),
    strings: distinct(leaves.filter((leaf) => typeof leaf === 'string')),
  }
}

const placeOf = (path: readonly string[]): string => path.slice(-2).join('/')
const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)]

function leavesOf(value: Json): Json[] {
  if (isList(value)) return value.flatMap(leavesOf)
  return isObject(value) ? Object.values(value).flatMap(leavesOf) : [value]
}
