/** One thing that is there on one side only, or on both and not the same. */
export interface Change<T> {
  readonly id: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly before: T | null
  readonly after: T | null
}

/** What differs between two sets of named things, sorted by name. */
export function changesBetween<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  same: (a: T, b: T) => boolean,
): Change<T>[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return ids.flatMap((id): Change<T>[] => {
    const [a, b] = [before.get(id), after.get(id)]
    if (!before.has(id)) return [{ id, change: 'added', before: null, after: b as T }]
    if (!after.has(id)) return [{ id, change: 'removed', before: a as T, after: null }]
    return same(a as T, b as T) ? [] : [{ id, change: 'changed', before: a as T, after: b as T }]
  })
}

/** The leaves of a JSON value by JSON pointer (RFC 6901). Arrays are leaves: a list of names is one setting. */
export function leavesOf(value: unknown, pointer = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return new Map([[pointer, value]])
  return new Map(
    Object.entries(value).flatMap(([key, member]) => [
      ...leavesOf(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    ]),
  )
}
