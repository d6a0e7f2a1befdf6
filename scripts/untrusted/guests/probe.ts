import type { ComponentSource } from '#runtime/toolchain/build-component.js'

export type Language = 'js' | 'ts' | 'wat'

/** What a call of a guest is told. */
export interface Told {
  /** A canary of this call. */
  readonly plant: string
  /** Ids of other organisations, and of what they installed. */
  readonly others: readonly string[]
  /** Addresses that nobody is to reach. */
  readonly urls: readonly string[]
}

/** One way in which a guest looks for what is another's, and the guest that does it. */
export interface GuestProbe {
  readonly name: string
  readonly languages: readonly Language[]
  readonly permissions: readonly string[]
  readonly source: (language: Language, number: number) => ComponentSource
  /** Further parts of the manifest; the port is that of a host which nobody is to reach. */
  readonly manifest?: (id: string, port: number) => object
  /** Where the canary of a call comes to lie, if anywhere. */
  readonly place?: string
  /** What was planted belongs to the call alone, and not to its organisation. */
  readonly inMemory?: boolean
  readonly method?: 'GET' | 'POST'
  readonly headers?: (number: number) => Record<string, string>
  /** The body, where it is not what the call is told as JSON. */
  readonly body?: (told: Told) => string
  /** What a guest drew by chance, in its answer. */
  readonly drawn?: (answer: string) => readonly string[]
}
