import { z } from 'zod'
import { text, Uuid } from '../primitives.js'
import { SCIM_OPERATIONS, SCIM_RESOURCES } from '../vocabulary.js'
import { VoteFacts } from './common.js'

/** What the admin gate knows of what an identity provider asks for over SCIM; of each action its own part. */
export const scimFacts = {
  scim: z
    .strictObject({
      connection_id: Uuid,
      operation: z.enum(SCIM_OPERATIONS),
      resource: z.enum(SCIM_RESOURCES),
      count: z.int().positive().describe('Operations; more than one in a Bulk request'),
      preview: z.boolean().describe('It is rolled back'),
      may_adopt: z.boolean().describe('The organisation lets the connection take over who is here already'),
    })
    .optional()
    .describe('Of scim.provision: what an identity provider asks for'),
  scim_brake: z
    .strictObject({
      asked: z.int().nonnegative().describe('People whom the request lets go, without those a released brake lists'),
      let_go: z.int().nonnegative().describe('People let go in the window, those asked for among them'),
      people: z
        .int()
        .nonnegative()
        .describe('Active people who are kept in step, those let go in the window among them'),
      percent: z.int().positive().describe('Share that may go in a window'),
      floor: z.int().positive().describe('As many may go whatever share that is'),
      privileged: z.int().nonnegative().describe('Of those asked for, members of a privileged group'),
      waiting: z.boolean().describe('A brake of the connection waits for people'),
      rejected: z.int().nonnegative().describe('Of those asked for, people whom somebody wants to stay'),
    })
    .optional()
    .describe('Of scim.let_go and scim.hold_off: how fast people are let go'),
  scim_verdict: z
    .strictObject({
      digest_matches: z.boolean().describe('What would be released is exactly what people were shown'),
      votes: z.array(VoteFacts).max(50),
    })
    .optional()
    .describe('Of scim.release and scim.reject: what people say to a brake'),
  scim_tokens: z
    .strictObject({
      beyond: z
        .array(text(120))
        .max(20)
        .describe('Connections with a token whose maker lacks what groups would come to give; the first twenty'),
    })
    .optional()
    .describe('Of group_rules.write and role.write: tokens that say who is in which group'),
  scim_connection: z
    .strictObject({
      adopts: z.boolean().describe('It would take over people who are here already'),
      loosens_brake: z.boolean().default(false).describe('Its brake would trip later than it does'),
    })
    .optional()
    .describe('Of scim.configure: the connection as it would be'),
}
