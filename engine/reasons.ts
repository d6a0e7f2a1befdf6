import { z } from 'zod'
import { PatchOperation } from '#contract/decisions/patch.js'
import { DottedId } from '#contract/primitives.js'

/** What a rule says about itself: words for people, the remedy, and where it stands in the sources. */
export const ReasonEntry = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1),
  remedy: z.string().min(1).optional(),
  /** Changes to the facts after which this reason is gone. */
  patch: z.array(PatchOperation).min(1).optional(),
  /** The refusal itself would tell a secret: callers see "not found" instead. */
  hidden: z.literal(true).optional(),
  /** People may agree that it does not count for one organisation or extension, for some time. */
  waivable: z.literal(true).optional(),
  file: z.string(),
  line: z.int().positive(),
})
export type ReasonEntry = z.infer<typeof ReasonEntry>

/** All rules of a bundle by reason id. */
export const ReasonCatalogue = z.record(DottedId, ReasonEntry)
export type ReasonCatalogue = z.infer<typeof ReasonCatalogue>
