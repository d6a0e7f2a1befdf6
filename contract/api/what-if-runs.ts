import { z } from 'zod'
import { Digest, Instant, Uuid, text } from '../primitives.js'
import { pageOf, pageQuery } from './page.js'
import { FlipBudget, FlipVerdict, WhatIfReport } from './what-if.js'

/** Where a run stands. It waits again where the instance that worked at it is gone. */
export const WHAT_IF_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const

/** Milliseconds since the Unix epoch; whoever asks from the very beginning may ask from before it. */
const PastMs = z.int()

/** Which past decisions a candidate is held against. What is absent is not bounded. */
export const WhatIfStart = z
  .strictObject({
    since: Instant.optional().describe('Decided at this moment or later'),
    until: Instant.optional().describe('Decided before this moment; the moment of the start where absent'),
    limit: z.int().positive().max(100_000_000).optional().describe('Most decisions, the oldest first'),
    tenant: Uuid.optional().describe('One organisation’s decisions only'),
    budget: FlipBudget.optional().describe('How many flips are taken'),
    follow: z
      .boolean()
      .optional()
      .describe('A shadow: judges what is decided from now on, until `until` or, where that is absent, for a day'),
  })
  .refine(({ follow, limit }) => !follow || limit === undefined, {
    error: 'is not for a shadow, which ends at until',
    path: ['limit'],
  })
  .refine(({ since, until }) => since === undefined || until === undefined || Date.parse(since) < Date.parse(until), {
    error: 'must be after since',
    path: ['until'],
  })
export type WhatIfStart = z.infer<typeof WhatIfStart>

/** One run of past decisions through a candidate. */
export const WhatIfRun = z.strictObject({
  id: Uuid,
  draft_id: Uuid.nullable().describe('The draft that was compiled, as it stood then'),
  revision: Digest.nullable().describe('What the candidate is called; null until it is compiled'),
  state: z.enum(WHAT_IF_STATES),
  since: PastMs.nullable(),
  until: PastMs,
  limit: z.int().positive().nullable(),
  tenant: Uuid.nullable(),
  budget: FlipBudget.nullable(),
  follow: z.boolean().describe('A shadow, whose report grows while it runs'),
  decisions: z.int().nonnegative().describe('Past decisions that were judged by now'),
  flips: z.int().nonnegative(),
  report: WhatIfReport.nullable().describe(
    'Null until it is done; organisations and samples only for the platform’s own',
  ),
  report_digest: Digest.nullable().describe('Over the RFC 8785 form of the whole report'),
  verdict: FlipVerdict.nullable().describe('Of the budget; null without one, and until the run is done'),
  fault: z.string().nullable().describe('Why it failed'),
  attempts: z.int().nonnegative().describe('How often an instance took it up'),
  started_by: text(64),
  decision_id: Uuid,
  started_at: Instant,
  ended_at: Instant.nullable(),
})
export type WhatIfRun = z.infer<typeof WhatIfRun>

/** A run among others. */
export const WhatIfSummary = WhatIfRun.omit({ report: true })
export const WhatIfPage = pageOf(WhatIfSummary)
export const WhatIfQuery = z.strictObject({
  ...pageQuery,
  draft: Uuid.optional().describe('Of this draft only'),
  revision: Digest.optional().describe('Of this revision only'),
})
export type WhatIfQuery = z.infer<typeof WhatIfQuery>

/** What an approval shows of the newest finished run: on which decisions, what flipped, and whether that was taken. */
export const WhatIfForetold = z.strictObject({
  id: Uuid,
  report_digest: Digest,
  since: PastMs.nullable(),
  until: PastMs,
  tenant: Uuid.nullable(),
  decisions: z.int().nonnegative(),
  replayed: z.int().nonnegative(),
  flips: z.int().nonnegative(),
  within_budget: z.boolean().nullable().describe('Null where no budget was set'),
})
export type WhatIfForetold = z.infer<typeof WhatIfForetold>
