import { z } from 'zod'

const KIB = 1024
const MIB = 1024 * KIB

/** What one invocation may use: what it gets unasked, and the most that a manifest may ask for. */
export const LIMITS = {
  fuel: { unit: 'units', default: 500_000_000, ceiling: 20_000_000_000 },
  memory_mb: { unit: 'MiB', default: 64, ceiling: 256 },
  wall_ms: { unit: 'ms', default: 5_000, ceiling: 30_000 },
  output_bytes: { unit: 'bytes', default: MIB, ceiling: 8 * MIB },
  host_calls: { unit: 'calls', default: 100, ceiling: 10_000 },
  concurrency: { unit: 'invocations at once per install', default: 4, ceiling: 64 },
} as const
export type LimitName = keyof typeof LIMITS

/** Storage of one install. */
export const KV_QUOTA = { default: MIB, ceiling: 64 * MIB } as const
export const KV_KEYS = { default: 10_000, ceiling: 100_000 } as const
/** Body of one request to an endpoint. */
export const REQUEST_BYTES = { default: MIB, ceiling: 8 * MIB } as const

/** Bodies that go piece by piece: nothing holds them whole, so they may be larger. */
export const STREAMED_BYTES = { ceiling: 256 * MIB } as const

/** A whole number from 1 to the ceiling; the default where absent. */
export const bounded = (bounds: { default: number; ceiling: number }) =>
  z.int().min(1).max(bounds.ceiling).default(bounds.default)

const limit = (name: LimitName) => bounded(LIMITS[name]).describe(LIMITS[name].unit)

/** Limits wanted for one invocation, within the platform's ceilings; an operator may set lower ones. */
export const Limits = z.strictObject({
  fuel: limit('fuel'),
  memory_mb: limit('memory_mb'),
  wall_ms: limit('wall_ms'),
  output_bytes: limit('output_bytes'),
  host_calls: limit('host_calls'),
  concurrency: limit('concurrency'),
})
export type Limits = z.infer<typeof Limits>
