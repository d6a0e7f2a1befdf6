import { z } from 'zod'
import { TENANT_STATES } from '../vocabulary.js'
import { VoteFacts } from './common.js'

/** What is known of an organisation before its state changes. */
export const OrganisationFacts = z.strictObject({
  status: z.enum(TENANT_STATES),
  platforms_own: z.boolean().describe("The organisation of the platform's own people"),
  by_platform: z.boolean().describe("It is closing because the platform's operators asked for that"),
  closes_in_s: z.int().nullable().describe('Seconds until all that it has goes; null where it is not closing'),
  sandbox_left_s: z.int().nullable().describe('Seconds until the sandbox ends; null where it is none'),
  other_owners: z.int().nonnegative().describe('Active owners beside whoever asks'),
  votes: z.array(VoteFacts).max(50),
})

/** A sandbox that is asked for. */
export const SandboxFacts = z.strictObject({
  lasts_s: z.int().describe('Seconds until it would end'),
  others: z.int().nonnegative().describe('Sandboxes that there are already'),
})
