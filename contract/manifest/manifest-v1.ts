import { z } from 'zod'
import { Amount, INTERVALS, Metric } from './billing.js'
import { BundlePath, VersionRange } from './common.js'
import { identity } from './identity.js'
import { Permissions } from './permissions.js'

/** A price in US dollars as version 1 writes it: a number that has an exact short decimal form. */
const Usd = z.number().refine((price) => Amount.safeParse(String(price)).success, {
  error: 'must be an amount of at least 0 with at most 12 decimals',
})

/** Manifest version 1: the first form, accepted for good and upgraded to version 2 at the door. */
export const ManifestV1 = z.strictObject({
  ...identity,
  permissions: Permissions,
  billing: z.discriminatedUnion(
    'model',
    [
      z.strictObject({ model: z.literal('free') }),
      z.strictObject({ model: z.literal('flat'), price_usd: Usd, interval: z.enum(INTERVALS) }),
      z.strictObject({ model: z.literal('usage'), metric: Metric, price_per_unit_usd: Usd }),
    ],
    { error: 'must have a model: free, flat or usage' },
  ),
  assets: z.strictObject({ icon: BundlePath.optional(), sourceArchive: BundlePath.optional() }).optional(),
  compatibility: z.strictObject({ platform: VersionRange, schema: z.literal('v1').optional() }),
})
export type ManifestV1 = z.infer<typeof ManifestV1>
