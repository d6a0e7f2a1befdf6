import { canonicalBytes } from '../canonical.js'
import { isList, isObject, withMember, type Json, type JsonObject } from './shape.js'

const MOST_STEPS = 100

const same = (left: Json, right: Json | undefined): boolean =>
  right !== undefined && Buffer.from(canonicalBytes(left)).equals(canonicalBytes(right))

/** Every value that is one step nearer to `base`, the longest steps first. */
export function* nearer(value: Json, base: Json | undefined): Generator<Json> {
  if (same(value, base)) return
  if (base !== undefined) yield base
  if (isList(value)) yield* nearerLists(value, isList(base) ? base : [])
  else if (isObject(value)) yield* nearerObjects(value, isObject(base) ? base : {})
}

function* nearerLists(list: readonly Json[], base: readonly Json[]): Generator<Json> {
  for (const index of list.keys()) yield list.toSpliced(index, 1)
  for (const [index, entry] of list.entries())
    for (const next of nearer(entry, base[index])) yield list.with(index, next)
}

function* nearerObjects(object: JsonObject, base: JsonObject): Generator<Json> {
  for (const name of new Set([...Object.keys(object), ...Object.keys(base)])) {
    const value = object[name]
    if (value === undefined || base[name] === undefined) yield withMember(object, name, base[name])
    if (value !== undefined) for (const next of nearer(value, base[name])) yield withMember(object, name, next)
  }
}

export interface Shrinking {
  /** The golden input that it began as. */
  readonly base: JsonObject
  /** Which candidates the gate takes. */
  readonly isTaken: (input: JsonObject) => boolean
  /** Index of the first candidate on which both sides still differ, -1 where there is none. */
  readonly firstDiffering: (candidates: readonly JsonObject[]) => Promise<number>
}

/** The input with everything put back that the difference does not need. */
export async function shrink(input: JsonObject, { base, isTaken, firstDiffering }: Shrinking): Promise<JsonObject> {
  let smallest = input
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const candidates = [...nearer(smallest, base)].filter((next): next is JsonObject => isObject(next) && isTaken(next))
    const index = await firstDiffering(candidates)
    if (index < 0) return smallest
    smallest = candidates[index]!
  }
  return smallest
}
