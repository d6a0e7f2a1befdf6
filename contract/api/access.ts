import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { Obligation, Reason } from '../decisions/answer.js'
import { UNAVAILABLE_CAUSES } from '../decisions/outcome.js'
import { Digest, DottedId, Slug, Uuid, text } from '../primitives.js'
import { ROLE_IDS, SCOPE_IDS } from '../scopes.js'
import { ANSWERS, DECIDED_BY } from '../vocabulary.js'
import { Name } from './identity.js'
import { pageOf } from './page.js'

/** A request that somebody might send, by what it would do and to what. */
const request = {
  action: z.enum(ACTION_IDS),
  resource: text(600, 1)
    .optional()
    .describe('What it is done to, as the path of the endpoint names it: person/0198…, or com.example.app/1.0.0'),
  endpoint: text(60, 1).optional().describe('Which endpoint, where several do the action; the closest where absent'),
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .optional()
    .describe('Of a call of an extension; GET where absent'),
  workspace: z.union([Uuid, Slug]).optional().describe('Which workspace the request names, by slug or id'),
  with: z
    .record(text(100), z.json())
    .optional()
    .describe('The body of the request; a version that is left out is taken for the current one'),
  by: z
    .enum(['key', 'session', 'fresh_session'])
    .default('key')
    .describe(
      'What they come with: a key with all that their roles give, a sign-in of an hour ago, or one just now with a second factor',
    ),
}

/** May this person do this? */
export const AccessQuestion = z.strictObject({ person: Uuid, ...request })
export type AccessQuestion = z.infer<typeof AccessQuestion>

/** Who may do this? A page asks about `limit` people, of whom those who may are told. */
export const WhoCanQuestion = z.strictObject({
  ...request,
  tenant_id: Uuid.optional().describe("The caller's own organisation where absent"),
  limit: z.int().min(1).max(200).default(100).describe('People that are asked about on a page'),
  cursor: text(300).optional().describe('next_cursor of the page before'),
})
export type WhoCanQuestion = z.infer<typeof WhoCanQuestion>

/** A role by which somebody has a scope: one that ships, one of the organisation's own, or one in a workspace. */
const GrantingRole = z.strictObject({
  role: text(63),
  custom: z.boolean(),
  workspace: Uuid.nullable().describe('Where alone they hold it; null where that is the whole organisation'),
})
export type GrantingRole = z.infer<typeof GrantingRole>

/** The problem by which a request ends before the gate is asked. */
const Problem = z.strictObject({ status: z.int(), code: z.string(), detail: z.string() })

/** What the gate says, or why it would not be asked. */
const said = {
  outcome: z
    .enum([...ANSWERS, 'unavailable', 'not_decided'])
    .describe('not_decided: the request ends before the gate is asked; problem tells why'),
  decided_by: z.enum(DECIDED_BY).nullable(),
  cause: z.enum(UNAVAILABLE_CAUSES).nullable(),
  hidden: z.boolean().describe('Whoever sends it is told that there is no such thing'),
  rules: z.array(DottedId).describe('Rules that fire'),
  reasons: z.array(Reason).describe('What speaks against it, each with its remedy'),
  obligations: z.array(Obligation),
  revision: Digest.nullable(),
  problem: Problem.nullable().describe('Of a request that ends before the gate is asked'),
}

/** What would come of a person's request. Nothing was done, and nothing is permitted by it. */
export const AccessAnswer = z.strictObject({
  person: z.strictObject({ id: Uuid, name: Name, pseudonym: text(64) }),
  action: z.enum(ACTION_IDS),
  decided_as: z
    .enum(ACTION_IDS)
    .nullable()
    .describe(
      'What the gate was asked: another action where the request does it to oneself; null where it was not asked',
    ),
  request: z.strictObject({ endpoint: z.string(), method: z.string(), path: z.string() }).describe('As it was asked'),
  ...said,
  scope: z
    .strictObject({
      required: z.enum(SCOPE_IDS),
      held: z.boolean(),
      by: z.array(GrantingRole).describe('Roles of the person that give it'),
      given_by: z.array(z.enum(ROLE_IDS)).describe('Roles that ship with it'),
    })
    .nullable()
    .describe('Null where the action asks for none'),
})
export type AccessAnswer = z.infer<typeof AccessAnswer>

const Allowed = z.strictObject({
  person: z.strictObject({ id: Uuid, name: Name, pseudonym: text(64) }),
  outcome: z.enum(['allow', 'hold']).describe('hold: once others agree'),
  rules: z.array(DottedId),
  by: z.array(GrantingRole).describe('Roles that give the scope of the action'),
})

/** Those on a page who may, newest first; there may be none on it and more on the next. */
export const WhoCanAnswer = z.strictObject({
  ...pageOf(Allowed).shape,
  asked: z.int().nonnegative(),
  undecided: z
    .array(z.strictObject({ ...Problem.shape, people: z.int().positive().describe('How many of those asked about') }))
    .describe(
      'Why it is not known of others on the page whether they may: the request, as it was asked about, ends before the gate is asked',
    ),
})
export type WhoCanAnswer = z.infer<typeof WhoCanAnswer>
