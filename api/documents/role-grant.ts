import type { DocumentKind, DocumentOf, GroupRule, GroupRulesDocument } from '#contract/api/documents.js'
import { problem } from '#contract/problems.js'
import { ROLES, type Role, type Scope } from '#contract/scopes.js'
import type { AdminFacts } from '../gate/admin-facts.rules.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Caller } from '../platform/http/caller.js'
import { readRoles } from './documents.repository.js'
import { readRules, readRuleSets, readTokenMakers } from './group-roles.repository.js'
import { handedOut } from './group-rules.rules.js'

type AnyDocument = DocumentOf<DocumentKind>
interface Change {
  readonly kind: DocumentKind
  readonly tenantId: string
  readonly before: AnyDocument | undefined
  readonly document: AnyDocument
}

type NamedChange = Omit<Change, 'before'> & { readonly name: string }

/** So many connections are named; one is enough to refuse. */
const MOST_NAMED = 20

/** What is weighed of a change that hands nothing out. */
export const NOTHING_GIVEN: NonNullable<AdminFacts['role_grant']> = { roles: [], scopes_beyond_actor: [] }

const isRules = (document: AnyDocument | undefined): document is GroupRulesDocument =>
  document !== undefined && 'entries' in document && document.entries.every((entry) => 'custom_roles' in entry)

const beyond = (caller: Caller, roles: Role[], scopes: readonly Scope[]) => ({
  roles,
  scopes_beyond_actor: [...new Set(scopes)].filter((scope) => !caller.actor.scopes.includes(scope)),
})

/**
 * What the admin gate weighs of a change: all that a role, or rules that hand out roles, gave and would give, since people
 * hold it already. Nothing is handed out by lists and limits. Raises `request.invalid` for a rule that gives a role which
 * the organisation does not have.
 */
export const weighed = async (
  tx: Queryable,
  caller: Caller,
  { kind, tenantId, before, document }: Change,
): Promise<AdminFacts['role_grant']> => {
  const both = [before, document]
  const roles = both.filter((each) => each !== undefined && 'scopes' in each)
  if (roles.length > 0)
    return beyond(
      caller,
      [],
      roles.flatMap(({ scopes }) => scopes),
    )
  if (kind !== 'group_rules') return null
  const given = handedOut(both.filter(isRules))
  const { known, all } = await readRoles(tx, tenantId, given.custom_roles)
  if (isRules(document)) requireKnown(document, known)
  return beyond(caller, given.roles, [...given.scopes, ...all])
}

/**
 * What the admin gate weighs of whoever may put people into groups: all that the rules of an organisation give. A rule that
 * does not hold yet counts too.
 */
export const weighedRules = async (
  tx: Queryable,
  caller: Caller,
  tenantId: string,
): Promise<NonNullable<AdminFacts['role_grant']>> => {
  const given = handedOut([{ title: 'all', entries: await readRules(tx, tenantId) }])
  const { all } = await readRoles(tx, tenantId, given.custom_roles)
  return beyond(caller, given.roles, [...given.scopes, ...all])
}

/** All that an organisation's groups give: scopes of roles that ship, and names of its own ones. */
const givenBy = (rules: readonly GroupRule[]) => handedOut([{ title: 'all', entries: [...rules] }])

/** What groups would come to give by a change, and do not yet. */
const cameToGive = async (tx: Queryable, { kind, tenantId, name, document }: NamedChange): Promise<Scope[]> => {
  const sets = await readRuleSets(tx, tenantId)
  const now = givenBy(sets.flatMap(({ rules }) => rules))
  const { all: ownNow } = await readRoles(tx, tenantId, now.custom_roles)
  const before = new Set<Scope>([...now.scopes, ...ownNow])
  if (kind === 'role') {
    const gives = now.custom_roles.includes(name) && 'scopes' in document ? document.scopes : []
    return gives.filter((scope) => !before.has(scope))
  }
  if (!isRules(document)) return []
  const others = sets.filter((each) => each.name !== name).flatMap(({ rules }) => rules)
  const then = givenBy([...others, ...document.entries])
  const { all: ownThen } = await readRoles(tx, tenantId, then.custom_roles)
  return [...new Set([...then.scopes, ...ownThen])].filter((scope) => !before.has(scope))
}

/**
 * Connections with a token whose maker lacks something that groups would come to give by a change: whoever has that token says who
 * is in which group. A connection counts that is off, since it may be turned on; and a maker who is gone or disabled lacks
 * everything. Null where a change gives groups nothing.
 */
export const weighedTokens = async (tx: Queryable, change: NamedChange): Promise<AdminFacts['scim_tokens'] | null> => {
  if (change.kind !== 'group_rules' && change.kind !== 'role') return null
  const gained = await cameToGive(tx, change)
  if (gained.length === 0) return { beyond: [] }
  const makers = await readTokenMakers(tx, change.tenantId)
  const lacking = makers.filter(({ roles, scopes }) => {
    const has = new Set<Scope>([...roles.flatMap((role): readonly Scope[] => ROLES[role]), ...scopes])
    return gained.some((scope) => !has.has(scope))
  })
  return { beyond: [...new Set(lacking.map(({ connection }) => connection))].slice(0, MOST_NAMED) }
}

const requireKnown = ({ entries }: GroupRulesDocument, known: readonly string[]): void => {
  const errors = entries.flatMap(({ custom_roles }, entry) =>
    custom_roles.flatMap((name, index) =>
      known.includes(name)
        ? []
        : [
            {
              pointer: `/document/entries/${entry}/custom_roles/${index}`,
              detail: 'is no role of this organisation; write it first',
            },
          ],
    ),
  )
  if (errors.length > 0) throw problem('request.invalid', { errors })
}
