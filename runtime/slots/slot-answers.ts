import { z } from 'zod'
import { PIECE_BYTES } from './child/frames.js'

// What comes out of a slot is foreign: code that escaped V8 can write any frame. So it is parsed, never believed.
const Usage = z.object({ fuel: z.int().nonnegative(), memory_bytes: z.int().nonnegative() })
const Args = z.record(z.string(), z.unknown())

export const LoadedAnswer = z.object({ error: z.string().max(4000).optional() })
export const HostCallAnswer = z.object({ name: z.string().max(64), args: Args, usage: Usage })
export const PostedAnswer = z.object({ name: z.string().max(64), args: Args })
export const PullAnswer = z.object({ max: z.int().min(1).max(PIECE_BYTES), usage: Usage })
const HEAD = { status: z.int().min(0).max(65_535), headers: z.array(z.tuple([z.string(), z.string()])) }
export const BeginAnswer = z.object(HEAD)
export const PieceAnswer = z.object({
  bytes: z.instanceof(Uint8Array).refine(({ length }) => length > 0 && length <= PIECE_BYTES),
})
/** What was used so far, as a slot says it whenever it waits. */
export const SaysUsage = z.object({ usage: Usage })
/** How a guest may end by itself. */
export const SLOT_ENDS = [
  'ok',
  'guest_error',
  'fuel_exhausted',
  'memory_exhausted',
  'output_exceeded',
  'host_calls_exhausted',
  'exited',
  'trap',
] as const
export const ResultAnswer = z.object({
  outcome: z.enum(SLOT_ENDS),
  response: z.object({ ...HEAD, body: z.instanceof(Uint8Array) }).optional(),
  error: z.string().max(4000).optional(),
  usage: Usage,
  dropped_bytes: z.int().nonnegative().default(0),
  took_ms: z.number().nonnegative().default(0),
})
