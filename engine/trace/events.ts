import { z } from 'zod'

/** A term of OPA's syntax tree as JSON. */
export interface Term {
  readonly type: string
  readonly value?: unknown
}

const Location = z.object({ file: z.string(), row: z.int() })

/** The head of a rule, as far as it names it. */
const Head = z.object({
  name: z.string().optional(),
  ref: z.array(z.object({ type: z.string(), value: z.unknown() })).default([]),
  key: z.object({ type: z.string(), value: z.unknown() }).optional(),
})

export const RuleNode = z.object({
  head: Head,
  annotations: z.array(z.object({ custom: z.object({ id: z.string() }).partial().optional() })).default([]),
})
export type RuleNode = z.infer<typeof RuleNode>

/** One expression. `terms` are one term, a call's operator and arguments, or the parts of an `every`. */
export const ExpressionNode = z.object({
  index: z.int(),
  terms: z.unknown(),
  with: z.array(z.object({ value: z.unknown() })).default([]),
})
export type ExpressionNode = z.infer<typeof ExpressionNode>

/** One event of `opa eval --explain=full --format=json`: https://www.openpolicyagent.org/docs/cli#eval. */
const TraceEvent = z.object({
  Op: z.string(),
  Node: z.unknown(),
  Location,
  QueryID: z.int(),
  Locals: z.array(z.object({ name: z.string(), type: z.string(), value: z.unknown() })).nullable(),
})
export type TraceEvent = z.infer<typeof TraceEvent>

/** What such a run writes. Where a rule cannot be evaluated there are errors in place of a result. */
export const TraceOutput = z.object({
  result: z
    .array(z.object({ expressions: z.array(z.object({ value: z.unknown() })).min(1) }))
    .max(1)
    .default([]),
  errors: z.array(z.object({ message: z.string() })).default([]),
  explanation: z.array(TraceEvent).default([]),
})
