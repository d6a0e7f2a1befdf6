import type { NotReplayable } from '#contract/api/what-if.js'
import type { BundleFiles } from '../bundle.js'
import type { Judgement } from './judge.rules.js'

/** What a thread is started with. */
export interface ThreadOrder {
  readonly candidate: BundleFiles
  /**
   * Shared: at {@link AT} the index that is judged now or one of the marks below, at {@link TICKS} how often it changed, at
   * {@link THREAD} the thread's number with the operating system, 0 where it has none.
   */
  readonly progress: SharedArrayBuffer
}

export const AT = 0
export const TICKS = 1
export const THREAD = 2
export const PLACES = 3
/** Nothing is asked of the candidate. */
export const IDLE = -1
/** The candidate is being loaded. */
export const LOADING = -2

export type Flip = Extract<Judgement, { found: 'flip' }>

/** What a thread found in a parcel: sums, and only of what needs telling apart the indexes. */
export interface Findings {
  readonly otherwise: readonly number[]
  readonly notReplayable: readonly (readonly [index: number, why: NotReplayable])[]
  /** Index, and which of `changes`: few distinct ones stand behind many flips. */
  readonly flips: readonly (readonly [index: number, change: number])[]
  readonly changes: readonly Flip[]
}

/** What a thread says: that it has loaded the candidate, that it cannot, or what it found. */
export type ThreadReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'found'; readonly findings: Findings }
