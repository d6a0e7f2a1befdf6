/** What has to be under a key: anything, nothing, or the entry with this version. */
export type Expectation = 'anything' | 'absent' | number

interface Condition {
  readonly key: string
  readonly expect: Expectation
}
/** One step of a transaction. `check` changes nothing. */
export type KvOperation =
  | (Condition & { readonly kind: 'delete' | 'check' })
  | (Condition & { readonly kind: 'put'; readonly value: Uint8Array; readonly ttl_s?: number | undefined })
export type KvPut = Extract<KvOperation, { kind: 'put' }>

/** What a storage holds, and what it may: bytes of values, and entries. */
export interface KvRoom {
  readonly bytes: number
  readonly keys: number
}

/** The first key whose expectation is not met; `versions` are those that are there. */
export const unmet = (operations: readonly KvOperation[], versions: ReadonlyMap<string, number>): string | null => {
  const failed = operations.find(({ key, expect }) => {
    if (expect === 'anything') return false
    return expect === 'absent' ? versions.has(key) : versions.get(key) !== expect
  })
  return failed?.key ?? null
}

export const putsOf = (operations: readonly KvOperation[]): KvPut[] =>
  operations.filter((operation) => operation.kind === 'put')

/** Keys that a transaction takes away or writes anew: what lies there now does not count any more. */
export const changedKeys = (operations: readonly KvOperation[]): string[] =>
  operations.flatMap(({ kind, key }) => (kind === 'check' ? [] : [key]))

/** What a transaction stores. */
export const storedBy = (operations: readonly KvOperation[]): KvRoom => {
  const puts = putsOf(operations)
  return { bytes: puts.reduce((sum, { value }) => sum + value.length, 0), keys: puts.length }
}
