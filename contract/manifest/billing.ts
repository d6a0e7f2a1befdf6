import { z } from 'zod'

/** An exact amount of money: decimal digits as text, so that no float ever rounds it. */
export const Amount = z
  .string()
  .max(24)
  .regex(/^(0|[1-9]\d{0,8})(\.\d{1,12})?$/, { error: 'must be an amount such as 20 or 0.002' })
const Money = z.strictObject({
  amount: Amount,
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code such as USD' }),
})

/** Name of what is counted. */
export const Metric = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_]*$/, { error: 'must be lower-case letters, digits and _' })
export const INTERVALS = ['month', 'year', 'once'] as const

const Free = z.strictObject({ model: z.literal('free') })
const Flat = z.strictObject({ model: z.literal('flat'), price: Money, interval: z.enum(INTERVALS) })
const Usage = z.strictObject({ model: z.literal('usage'), metric: Metric, price_per_unit: Money })

/** After the days it turns into a paid model that was shown before, or stops: never a silent bill. */
const Trial = z.strictObject({
  model: z.literal('trial'),
  days: z.int().min(1).max(90),
  afterwards: z.discriminatedUnion('model', [z.strictObject({ model: z.literal('stop') }), Flat, Usage]),
})

/** What it costs. */
export const Billing = z.discriminatedUnion('model', [Free, Flat, Usage, Trial], {
  error: 'must have a model: free, flat, usage or trial',
})
export type Billing = z.infer<typeof Billing>
