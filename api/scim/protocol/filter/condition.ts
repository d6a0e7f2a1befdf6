import type { Found } from '../schemas/resources.js'

export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'
export type Comparand = string | number | boolean | null

/** A filter whose attributes and values were held against the schemas. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  /** One entry of a list fulfils all of it; paths in `where` begin at the entry. */
  | { readonly kind: 'some'; readonly attribute: Found; readonly where: Condition }
  | { readonly kind: 'present'; readonly attribute: Found }
  | { readonly kind: 'compare'; readonly attribute: Found; readonly op: Comparison; readonly value: Comparand }
