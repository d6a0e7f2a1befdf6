import type { Condition } from '../filter/condition.js'
import { refuse } from '../scim-error.js'
import type { Resource } from '../read-resource.js'

const isObject = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The condition's `attr eq value` pairs, which an entry that is made for it must have. */
export const pairsOf = (where: Condition): [string, unknown][] => {
  if (where.kind === 'and') return where.parts.flatMap(pairsOf)
  return where.kind === 'compare' && where.op === 'eq' ? [[where.attribute.path[0]!, where.value]] : []
}

/** Where one entry becomes the primary one, the others no longer are (RFC 7644, section 3.5.2). */
export const withOnePrimary = (entries: Resource[], latest: ReadonlySet<Resource>): Resource[] => {
  const isNew = [...latest].some(({ primary }) => primary === true)
  return entries.map((entry) =>
    isNew && entry['primary'] === true && !latest.has(entry) ? { ...entry, primary: false } : entry,
  )
}

/** What makes an entry the one that it is: its value and type, or all of it where it has no value. */
const keyOf = (entry: unknown): string =>
  isObject(entry) && entry['value'] !== undefined
    ? JSON.stringify(['value', entry['value'], entry['type'] ?? null])
    : JSON.stringify(['all', isObject(entry) ? Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)) : entry])

/** Adds entries; one that is there already gets what the new one says beyond it (RFC 7644, section 3.5.2.1). */
export const merged = (before: readonly Resource[], added: readonly Resource[]): Resource[] => {
  const byKey = new Map(before.map((entry, index) => [keyOf(entry), index]))
  const all = [...before]
  const primary = new Set<Resource>()
  for (const entry of added) {
    const at = byKey.get(keyOf(entry))
    const there = at === undefined ? undefined : all[at]
    const now = isObject(there) ? { ...there, ...entry } : entry
    if (at === undefined) byKey.set(keyOf(entry), all.push(now) - 1)
    else all[at] = now
    if (isObject(entry) && entry['primary'] === true) primary.add(now)
  }
  return withOnePrimary(all, primary)
}

/** Entries without what has no value, and without those that have nothing left. Raises `invalidValue` for two primary ones. */
export const kept = (name: string, entries: readonly Resource[]): Resource[] => {
  if (entries.filter(({ primary }) => primary === true).length > 1)
    throw refuse('invalidValue', `${name} would have more than one primary entry`)
  return entries
    .map((entry) => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)))
    .filter((entry) => Object.keys(entry).length > 0)
}
