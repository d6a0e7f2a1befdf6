import type { Command } from '../walls.js'

/** What the spawner is asked for. Every program has a number, given by whoever asks. */
export type Request =
  | { readonly kind: 'start'; readonly id: number; readonly command: Command }
  /** The channel of the program started last has arrived: the next may be started. */
  | { readonly kind: 'took' }
  | { readonly kind: 'kill'; readonly id: number }
  | { readonly kind: 'step-back'; readonly id: number }

/** What it tells. `started` comes with the program's channel. */
export type Report =
  | { readonly kind: 'started'; readonly id: number; readonly pid: number }
  | { readonly kind: 'ended'; readonly id: number; readonly code: number | null; readonly complaints: string }
