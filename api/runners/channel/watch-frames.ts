import { z } from 'zod'
import { KILL_SCOPES } from '#contract/vocabulary.js'
import { LEASE_MS } from '../../killswitch/lease.rules.js'

/** Name of the protocol in the `Upgrade` header. */
export const WATCH_PROTOCOL = 'gatehouse-watch/1'
export const WATCH_PATH = '/v1/watch'

/** What a frame of the watch is. */
export const WatchFrame = {
  /** API → runner: a signed kill list, in answer to a beat. */
  list: 1,
  /** API → runner: the list has moved; beat now. */
  ask: 2,
  /** Runner → API: how it stands, with a challenge. */
  beat: 16,
} as const

/** Room for some ten thousand orders. */
export const MAX_LIST_BYTES = 8 * 1024 * 1024
export const MAX_BEAT_BYTES = 4096

const Count = z.int().nonnegative()

/** How a runner stands, and the challenge that the next list has to answer. */
export const Beat = z.object({
  challenge: z.string().max(64),
  size: Count,
  members: Count,
  busy: Count,
  blank: Count,
  waiting: Count,
  /** Calls of all APIs that run or wait there. */
  running: Count,
  draining: z.boolean(),
  wall: z.string().max(64),
  /** The change of the kill list that it has applied; absent: a runner that does not tell. */
  epoch: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
})
export type Beat = z.infer<typeof Beat>

/** The signed kill list. `orders` is null where it is the one that was sent on this stream before. */
export const KillListClaims = z.strictObject({
  runner: z.string(),
  instance: z.string(),
  challenge: z.string(),
  epoch: z.string().regex(/^\d{1,20}$/),
  orders: z
    .array(
      z.strictObject({
        id: z.string(),
        scope: z.enum(KILL_SCOPES),
        target: z.string(),
        reason: z.string(),
        epoch: z.string().nullable(),
      }),
    )
    .nullable(),
  /** Milliseconds that are left of the API's own lease. */
  left_ms: z.number().min(0).max(LEASE_MS),
})
export type KillListClaims = z.infer<typeof KillListClaims>
