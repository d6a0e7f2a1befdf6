import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Json = z.json()
const Fields = z.record(z.string(), z.string())

/** What the server says: an answer, or nothing, its end of the connection closed. */
const Answer = z.union([
  z.literal('cut'),
  z.strictObject({
    status: z.int(),
    headers: Fields.optional(),
    type: z.string().optional(),
    json: Json.optional(),
    text: z.string().optional(),
  }),
])

const Exchange = z.strictObject({
  expect: z
    .strictObject({
      method: z.string().optional(),
      /** With its query. */
      path: z.string().optional(),
      /** `*` is any value, `=first` the one of the first exchange, null none. */
      headers: z.record(z.string(), z.string().nullable()).optional(),
      json: Json.optional(),
    })
    .optional(),
  answer: Answer,
})
export type Exchange = z.infer<typeof Exchange>

const Query = z.record(z.string(), Json)
const Call = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal(['call', 'pages']),
    operation: z.string(),
    params: Fields.optional(),
    query: Query.optional(),
    body: Json.optional(),
  }),
  z.strictObject({
    kind: z.literal(['invoke', 'later']),
    extension: z.string(),
    path: z.string(),
    method: z.string().optional(),
    query: Query.optional(),
    body: z.string().optional(),
    key: z.string().optional(),
  }),
])
export type VectorCall = z.infer<typeof Call>

/** What a client is asked to do, what the server answers, and what must come of it. */
const Vector = z.strictObject({
  name: z.string(),
  call: Call,
  exchanges: z.array(Exchange).min(1),
  /** One of `answer`, `held`, `items`, `response` and `refused`. */
  outcome: z.record(z.string(), Json),
  /** How long the client waited between its requests; nothing where it did not. */
  waits_ms: z.array(z.number()).default([]),
})
export type Vector = z.infer<typeof Vector>

/** What a client made of a vector. */
export interface Made {
  readonly name: string
  readonly outcome: unknown
  readonly waits_ms: readonly number[]
}

/** The vectors that both API clients are held to. */
export const VECTORS: readonly Vector[] = z
  .array(Vector)
  .parse(JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')))
