/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** How deep a JSON value nests: 0 for a scalar, 1 for `{}` or `[]`. Iterative, so that depth itself can't exhaust the stack. */
export function depthOf(value: unknown): number {
  let deepest = 0
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { depth } = next
    deepest = Math.max(deepest, depth)
    if (typeof next.value !== 'object' || next.value === null) continue
    deepest = Math.max(deepest, depth + 1)
    for (const inner of Object.values(next.value)) open.push({ value: inner, depth: depth + 1 })
  }
  return deepest
}

/** The path of every string in a JSON value that `refuses` objects to, keys included. */
export function* refusedStrings(
  value: unknown,
  refuses: (text: string) => boolean,
  path: PropertyKey[] = [],
): Generator<PropertyKey[]> {
  if (typeof value === 'string') {
    if (refuses(value)) yield path
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* refusedStrings(item, refuses, [...path, index])
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (refuses(key)) yield [...path, key]
      yield* refusedStrings(item, refuses, [...path, key])
    }
  }
}
