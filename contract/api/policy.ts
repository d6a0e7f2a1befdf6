import { z } from 'zod'
import { Digest, DottedId } from '../primitives.js'

/** The policy that decides now. */
export const PolicyReply = z.strictObject({
  revision: Digest.describe('Digest of the policy WASM and data'),
  engine: z.string().describe('What evaluates it; replays on another engine say so'),
  rules: z.array(
    z.strictObject({
      id: DottedId,
      title: z.string(),
      description: z.string(),
      remedy: z.string().nullable(),
      file: z.string(),
      line: z.int().positive(),
    }),
  ),
})
export type PolicyReply = z.infer<typeof PolicyReply>
