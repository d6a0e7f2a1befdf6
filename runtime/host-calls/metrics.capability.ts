import { z } from 'zod'
import { text } from '#contract/primitives.js'
import { METRIC_KINDS } from '#contract/vocabulary.js'
import type { Capability } from './capability.js'
import { cleanMessage } from './log.rules.js'

const Name = z
  .string()
  .max(63)
  .regex(/^[a-z][a-z0-9_]*$/, { error: 'must be lower-case letters, digits and _' })
const MAX_VALUE = 1e15
const Measured = z
  .strictObject({
    kind: z.enum(METRIC_KINDS),
    name: Name,
    value: z.number().min(-MAX_VALUE).max(MAX_VALUE),
    labels: z
      .array(z.tuple([Name, text(64)]))
      .max(4)
      .refine((labels) => new Set(labels.map(([name]) => name)).size === labels.length, {
        error: 'must name no label twice',
      }),
  })
  .refine(({ kind, value }) => kind !== 'counter' || value >= 0, { path: ['value'], error: 'must not be negative' })

/** What an extension measures of its own work. Posted: a guest gets no answer, and what is refused is only counted. */
export const metricCapabilities: Capability<z.infer<typeof Measured>>[] = [
  {
    name: 'metrics.record',
    permission: 'metrics:write',
    posted: true,
    schema: Measured,
    plan: ({ labels, ...rest }, { metrics, disclosed }) => {
      const clean = labels.map(([name, value]) => [name, cleanMessage(value, disclosed)] as const)
      const measurement = { ...rest, labels: clean }
      return {
        facts: { metric: { kind: rest.kind, name: rest.name, series: metrics.sizeWith(measurement) } },
        run: () => metrics.add(measurement),
      }
    },
  },
]
