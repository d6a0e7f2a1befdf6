import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { DottedId, ExtensionId, Instant, Uuid, text } from '../primitives.js'
import { WAIVER_STATES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

/** Whom a waiver is for: one organisation, or one extension wherever it is installed. */
const WaiverSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tenant'), id: Uuid }),
  z.strictObject({ kind: z.literal('extension'), id: ExtensionId }),
])

/** An exception that somebody wants: `reason` shall not count for `subject` until that moment. `why` goes on record. */
export const WaiverRequest = z.strictObject({
  reason: DottedId.describe('A reason whose rule says that it may be waived'),
  subject: WaiverSubject,
  until: Instant,
  why: text(500, 10),
})
export type WaiverRequest = z.infer<typeof WaiverRequest>

/** An exception that people agreed to. */
export const Waiver = z.strictObject({
  id: Uuid,
  reason: DottedId,
  subject: WaiverSubject,
  until: Instant,
  why: z.string(),
  state: z.enum(WAIVER_STATES),
  asked_by: text(64),
  approval_id: Uuid.nullable(),
  revoked_at: Instant.nullable(),
  revoked_by: text(64).nullable(),
  revoked_because: z.string().nullable(),
  decision_id: Uuid,
  granted_at: Instant,
})
export type Waiver = z.infer<typeof Waiver>
export const WaiverPage = pageOf(Waiver)

export const WaiverQuery = z.strictObject({ ...pageQuery, state: z.enum(WAIVER_STATES).optional() })
export type WaiverQuery = z.infer<typeof WaiverQuery>

/** A waiver with the last decisions in which it acted, newest first. */
export const WaiverShown = z.strictObject({
  ...Waiver.shape,
  acted: z.array(
    z.strictObject({
      decision_id: Uuid,
      at: Instant,
      action: z.enum(ACTION_IDS),
      outcome: text(20),
      tenant_id: Uuid,
      extension: text(200).nullable(),
    }),
  ),
})
export type WaiverShown = z.infer<typeof WaiverShown>

export const WaiverRevocation = z.strictObject({ why: text(500, 3) })
export type WaiverRevocation = z.infer<typeof WaiverRevocation>
