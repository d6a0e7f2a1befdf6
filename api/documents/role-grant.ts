import type { DocumentKind, DocumentOf, GroupRule, GroupRulesDocument } from '#contract/api/documents.js'
import { problem } from '#contract/problems.js'
import { ROLES, type Role, type Scope } from '#contract/scopes.js'
import type { AdminFacts } from '../gate/admin-facts.rules.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Caller } from '../platform/http/caller.js'
import { readRoles } from './documents.repository.js'
import { readRules, readRuleSets, readTokenMakers, type TokenMaker } from './group-roles.repository.js'
import { anywhere, beyondPlaces, handedOut, scopesThere, underIds, type ScopesByPlace } from './group-rules.rules.js'
import { readNamedWorkspaces } from './workspace-roles.repository.js'

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

const beyond = ({ actor, inWorkspaces = {} }: Caller, roles: Role[], given: ScopesByPlace) => {
  const there = new Map(Object.entries(inWorkspaces).map(([id, { scopes }]) => [id, scopes]))
  return { roles, scopes_beyond_actor: anywhere(beyondPlaces(given, { scopes: actor.scopes, there })) }
}

/** What rules of an organisation give, with the names of what it has of what they name. */
const givenBy = async (tx: Queryable, tenantId: string, rules: readonly GroupRule[]) => {
  const given = handedOut(rules)
  const { known, all } = await readRoles(tx, tenantId, given.custom_roles)
  const workspaces = await readNamedWorkspaces(tx, tenantId, [...given.there.keys()])
  const there = underIds(given.there, workspaces)
  return { ...given, scopes: [...given.scopes, ...all], there, known, workspaces }
}

/**
 * What the admin gate weighs of a change: all that a role, or rules that hand out roles, gave and would give, since people
 * hold it already. Nothing is handed out by lists and limits. Raises `request.invalid` for a rule that names a role or a
 * workspace which the organisation does not have.
 */
export const weighed = async (
  tx: Queryable,
  caller: Caller,
  { kind, tenantId, before, document }: Change,
): Promise<AdminFacts['role_grant']> => {
  const both = [before, document]
  const roles = both.filter((each) => each !== undefined && 'scopes' in each)
  if (roles.length > 0) return beyond(caller, [], { scopes: roles.flatMap(({ scopes }) => scopes), there: new Map() })
  if (kind !== 'group_rules') return null
  const given = await givenBy(
    tx,
    tenantId,
    both.filter(isRules).flatMap(({ entries }) => entries),
  )
  if (isRules(document)) requireKnown(document, given)
  return beyond(caller, given.roles, given)
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
  const given = await givenBy(tx, tenantId, await readRules(tx, tenantId))
  return beyond(caller, given.roles, given)
}

/** What groups would come to give by a change, and do not yet. */
const cameToGive = async (tx: Queryable, { kind, tenantId, name, document }: NamedChange): Promise<ScopesByPlace> => {
  const sets = await readRuleSets(tx, tenantId)
  const now = await givenBy(
    tx,
    tenantId,
    sets.flatMap(({ rules }) => rules),
  )
  if (kind === 'role') {
    const scopes = now.custom_roles.includes(name) && 'scopes' in document ? document.scopes : []
    return beyondPlaces({ scopes, there: new Map() }, now)
  }
  if (!isRules(document)) return { scopes: [], there: new Map() }
  const others = sets.filter((each) => each.name !== name).flatMap(({ rules }) => rules)
  return beyondPlaces(await givenBy(tx, tenantId, [...others, ...document.entries]), now)
}

const heldBy = ({ roles, scopes, in_workspaces }: TokenMaker): ScopesByPlace => ({
  scopes: [...roles.flatMap((role): readonly Scope[] => ROLES[role]), ...scopes],
  there: new Map(Object.entries(in_workspaces).map(([id, each]) => [id, scopesThere(each)])),
})

/**
 * Connections with a token whose maker lacks something that groups would come to give by a change: whoever has that token says who
 * is in which group. A connection counts that is off, since it may be turned on; and a maker who is gone or disabled lacks
 * everything. Null where a change gives groups nothing.
 */
export const weighedTokens = async (tx: Queryable, change: NamedChange): Promise<AdminFacts['scim_tokens'] | null> => {
  if (change.kind !== 'group_rules' && change.kind !== 'role') return null
  const gained = await cameToGive(tx, change)
  if (anywhere(gained).length === 0) return { beyond: [] }
  const makers = await readTokenMakers(tx, change.tenantId)
  const lacking = makers.filter((maker) => anywhere(beyondPlaces(gained, heldBy(maker))).length > 0)
  return { beyond: [...new Set(lacking.map(({ connection }) => connection))].slice(0, MOST_NAMED) }
}

interface Known {
  readonly known: readonly string[]
  readonly workspaces: ReadonlyMap<string, string>
}

const requireKnown = ({ entries }: GroupRulesDocument, { known, workspaces }: Known): void => {
  const errors = entries.flatMap(({ custom_roles, in_workspaces = [] }, entry) => [
    ...custom_roles.flatMap((name, index) =>
      known.includes(name)
        ? []
        : [
            {
              pointer: `/document/entries/${entry}/custom_roles/${index}`,
              detail: 'is no role of this organisation; write it first',
            },
          ],
    ),
    ...in_workspaces.flatMap(({ workspace }, index) =>
      workspaces.has(workspace)
        ? []
        : [
            {
              pointer: `/document/entries/${entry}/in_workspaces/${index}/workspace`,
              detail: 'is the slug or id of no workspace of this organisation; "gatehouse workspaces list" shows them',
            },
          ],
    ),
  ])
  if (errors.length > 0) throw problem('request.invalid', { errors })
}
