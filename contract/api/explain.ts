import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { Obligation, Reason } from '../decisions/answer.js'
import { UNAVAILABLE_CAUSES } from '../decisions/outcome.js'
import { Restrictions } from '../decisions/restrictions.js'
import { PatchOperation } from '../decisions/patch.js'
import { Digest, DottedId, Uuid, text } from '../primitives.js'
import { ANSWERS, GATES } from '../vocabulary.js'
import { ExplainedRule } from './decisions.js'

/** The most operations that one try takes. */
const MAX_OPERATIONS = 100

/** A rule that OPA's interpreter entered. */
const TracedRule = z.strictObject({
  file: z.string(),
  line: z.int().nonnegative(),
  name: z.string().describe('As the sources have it; of a set with the member that the rule adds'),
  id: DottedId.nullable().describe('Its reason id, where it has one'),
  entered: z.int().positive().describe('How often'),
  held: z.boolean().describe('Its body held at least once'),
  stopped_line: z
    .int()
    .nonnegative()
    .nullable()
    .describe('The furthest line at which its body failed; null where it held'),
})
export type TracedRule = z.infer<typeof TracedRule>

/** A fact that was read: where it stands, and its value where there is one. */
const ReadFact = z.strictObject({
  document: z.enum(['input', 'data']),
  path: z.string().describe('RFC 6901 pointer; what was handed on or looked through stands whole'),
  found: z.boolean().describe('There is something at this place'),
  value: z.json().optional(),
})
export type ReadFact = z.infer<typeof ReadFact>

/** A past decision, made again by OPA's own interpreter from the sources of the revision that made it. */
export const DecisionTraced = z.strictObject({
  decision_id: Uuid,
  gate: z.enum(GATES),
  action: z.enum(ACTION_IDS),
  revision: Digest.describe('Bundle revision that made it'),
  agrees: z.boolean().describe('The recorded input is intact, and from it opa gave the recorded bytes'),
  input_intact: z.boolean(),
  expected_digest: Digest,
  actual_digest: Digest.nullable().describe('Of what opa answered; null where it gave no answer'),
  fault: z.string().nullable().describe('Why opa gave no answer'),
  compiles_to: Digest.nullable().describe('What the sources compile to here; null where they do not'),
  rules: z.array(TracedRule).describe('In the order in which they were entered first'),
  facts: z.array(ReadFact).describe('By document and path'),
  facts_replaced: z
    .boolean()
    .describe('Rules replaced input or data by `with`; what they read then is told of the recorded one'),
  cut: z.boolean().describe('There were more rules or facts than are told'),
  tenant: z
    .strictObject({ module: Digest, restrictions: Restrictions })
    .nullable()
    .describe('What the policy of the organisation added, as recorded; opa is asked about the platform’s part alone'),
})
export type DecisionTraced = z.infer<typeof DecisionTraced>

/**
 * What is asked: facts given for a gate, or those of a past decision, as recorded or edited; and of which policy. Without a
 * draft or a revision it is the one in force.
 */
export const PolicyTry = z
  .strictObject({
    decision: Uuid.optional().describe('A past decision, whose facts are taken and whose answer is compared'),
    gate: z.enum(GATES).optional().describe('Which gate is asked; that of the decision where one is named'),
    input: z.record(text(100), z.json()).optional().describe('The facts; in place of those of the decision'),
    patch: z.array(PatchOperation).max(MAX_OPERATIONS).optional().describe('Changes to the facts (RFC 6902)'),
    draft: Uuid.optional(),
    revision: Digest.optional().describe('A policy by the name of its sealed revision, or by its bundle revision'),
  })
  .refine(({ decision, gate }) => (decision === undefined) !== (gate === undefined), {
    error: 'must be given, or decision, and not both',
    path: ['gate'],
  })
  .refine(({ decision, input }) => decision !== undefined || input !== undefined, {
    error: 'must be given where no decision is named',
    path: ['input'],
  })
  .refine(({ draft, revision }) => draft === undefined || revision === undefined, {
    error: 'must not be given beside draft',
    path: ['revision'],
  })
export type PolicyTry = z.infer<typeof PolicyTry>

/** What an answer comes to, recorded or tried. */
const Answered = z.strictObject({
  outcome: z.enum([...ANSWERS, 'unavailable']),
  cause: z.enum(UNAVAILABLE_CAUSES).nullable().describe('Why there is no answer'),
  reasons: z.array(DottedId),
  rules: z.array(DottedId),
})
export type Answered = z.infer<typeof Answered>

const Difference = z.strictObject({ appeared: z.array(DottedId), vanished: z.array(DottedId) })

/** What policy would answer. Nothing is done and nothing is permitted by it. */
export const PolicyTried = z.strictObject({
  gate: z.enum(GATES),
  action: z.string().describe('As the facts have it'),
  draft_id: Uuid.nullable(),
  revision: Digest.describe('Bundle revision that was asked; of a draft the one that it compiles to'),
  input_digest: Digest,
  ...Answered.shape,
  reasons: z.array(Reason),
  rules: z.array(ExplainedRule),
  obligations: z.array(Obligation),
  approval: text(40).nullable().describe('What kind of approval a hold asks for'),
  fuel: z.int().nonnegative(),
  tenant_module: Digest.nullable().describe(
    'Module of the organisation that had a say in the decision that was named: it has one here too; null where none had',
  ),
  after: z
    .strictObject({ outcome: z.enum(ANSWERS), reasons: z.array(DottedId) })
    .nullable()
    .describe('What policy would say once every remedy that changes facts were taken; null where none does'),
  recorded: z
    .strictObject({ decision_id: Uuid, revision: Digest.nullable(), ...Answered.shape })
    .nullable()
    .describe('The answer on record of the decision that was named'),
  changed: z
    .strictObject({ outcome: z.boolean(), reasons: Difference, rules: Difference })
    .nullable()
    .describe('Against the answer on record'),
})
export type PolicyTried = z.infer<typeof PolicyTried>
