import type { WallName } from '#runtime/launcher/walls.js'
import type { PolicyBundle } from '../bundle.js'
import type { PolicyDiff } from './diff.js'
import type { CheckReport, StageReport } from './finding.js'
import type { PolicyFiles } from './policy-files.js'
import type { SealedRevision } from './seal.js'

/** What is done with sources that somebody submitted. */
export type AsideTask =
  | {
      readonly kind: 'check'
      readonly files: PolicyFiles
      readonly regal: string | undefined
      readonly base: PolicyBundle | undefined
    }
  | { readonly kind: 'seal'; readonly files: PolicyFiles }
  | { readonly kind: 'diff'; readonly before: PolicyFiles; readonly after: PolicyFiles }

/** What each task comes to. */
export interface AsideResults {
  readonly check: CheckReport
  readonly seal: SealedRevision
  readonly diff: PolicyDiff
}

/** What a thread is started with. */
export interface AsideOrder {
  readonly task: AsideTask
  /** Path of `opa`, and the wall that it runs behind. */
  readonly tool: { readonly path: string; readonly wall: WallName; readonly weakIsolation: boolean }
  /** Shared: one number, which the thread raises for as long as nothing holds it up. */
  readonly pulse: SharedArrayBuffer
}

/** What a thread says. */
export type AsideReport =
  | { readonly kind: 'stage'; readonly name: string; readonly report: StageReport | null }
  | { readonly kind: 'done'; readonly result: AsideResults[keyof AsideResults] }
  /** `unreadable`: the sources are to blame. `code` is that of a `RuntimeRefusal`. */
  | { readonly kind: 'failed'; readonly unreadable: boolean; readonly code: string | null; readonly message: string }

/** What the thread is told: nobody waits any more. */
export const GIVE_UP = 'give up'
