import type { DocumentKind, DocumentOf, GroupRulesDocument } from '#contract/api/documents.js'
import { problem } from '#contract/problems.js'
import type { Role, Scope } from '#contract/scopes.js'
import type { AdminFacts } from '../gate/admin-facts.rules.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Caller } from '../platform/http/caller.js'
import { readRoles } from './documents.repository.js'
import { readRules } from './group-roles.repository.js'
import { handedOut } from './group-rules.rules.js'

type AnyDocument = DocumentOf<DocumentKind>
interface Change {
  readonly kind: DocumentKind
  readonly tenantId: string
  readonly before: AnyDocument | undefined
  readonly document: AnyDocument
}

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
