import { Injectable } from '@nestjs/common'
import type { AccessReview, AccessReviewQuery, HeldRole, ReviewedAccess } from '#contract/api/privacy.js'
import type { Scope } from '#contract/scopes.js'
import { problem } from '#contract/problems.js'
import { findTenant } from '../identity/organisations.repository.js'
import { ownTenant } from '../identity/identity-rows.rules.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import * as rows from './access-review.repository.js'
import { isUnused, lastUseOfScopes, newest, scopesOfRole, type GivenRole } from './access.rules.js'
import { csvLine } from './csv.rules.js'

const DAY_MS = 86_400_000
const HEADER = [
  ...['person', 'kind', 'email', 'pseudonym', 'disabled_at', 'managed', 'last_seen_at', 'has', 'name', 'scopes'],
  ...['since', 'expires_at', 'by_rule', 'by_actor', 'by_decision', 'last_used_at', 'unused', 'id'],
]

/** What is known of the use of an organisation, for weighing each of its people. */
interface Found {
  readonly now: number
  readonly days: number
  readonly roles: readonly GivenRole[]
  readonly keys: readonly rows.HeldKey[]
  readonly custom: ReadonlyMap<string, readonly Scope[]>
  readonly deeds: readonly rows.Deed[]
}

/** Who has what in an organisation: since when, by what, last used. */
@Injectable()
export class AccessReviews {
  constructor(private readonly database: Database) {}

  /** The review of the caller's organisation, or of the one that an operator names. Raises `not_found`. */
  async review(caller: Caller, { tenant_id, unused_days: days }: AccessReviewQuery): Promise<AccessReview> {
    const tenantId = tenant_id ?? ownTenant(caller)
    const scope = scopeOf(caller)
    if (!(await this.database.read(scope, (tx) => findTenant(tx, tenantId)))) throw problem('not_found')
    const now = Date.now()
    const people = await this.database.inScope(scope, async (tx) => {
      const looking = { tenantId }
      const holders = await rows.listHolders(tx, looking)
      const found: Found = {
        ...{ now, days, roles: await rows.listRoles(tx, looking), keys: await rows.listHeldKeys(tx, looking) },
        custom: await rows.customRoleScopes(tx, looking),
        deeds: await rows.lastDeeds(tx, looking, now - days * DAY_MS),
      }
      return holders.map((holder) => reviewed(holder, found))
    })
    return { tenant_id: tenantId, at: new Date(now).toISOString(), unused_days: days, people }
  }

  /** The same as CSV: a line for each role and key, and one for whoever has none. Raises as `review` does. */
  async table(caller: Caller, query: AccessReviewQuery): Promise<string> {
    const { people } = await this.review(caller, query)
    return csvLine(HEADER) + people.flatMap((person) => linesOf(person).map(csvLine)).join('')
  }

  /** The roles of one person, and what gave them. */
  rolesOf(caller: Caller, looking: Required<rows.Looking>): Promise<Omit<HeldRole, 'last_used_at' | 'unused'>[]> {
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const custom = await rows.customRoleScopes(tx, looking)
      return (await rows.listRoles(tx, looking)).map((given) => held(given, custom))
    })
  }
}

const held = (given: GivenRole, custom: Found['custom']): Omit<HeldRole, 'last_used_at' | 'unused'> => {
  const { role, kind, workspace, since, rule, actor, decision_id } = given
  return { role, kind, workspace, scopes: scopesOfRole(given, custom), since, by: { rule, actor, decision_id } }
}

const reviewed = (
  { created_at, ...holder }: rows.Holder,
  { now, days, roles, keys, custom, deeds }: Found,
): ReviewedAccess => {
  const own = deeds.filter(({ actor }) => actor === holder.pseudonym)
  const uses = lastUseOfScopes(own)
  const seen = newest([holder.last_seen_at, ...own.map(({ at }) => at)])
  const at = { now, days }
  return {
    ...holder,
    last_seen_at: seen,
    unused: isUnused({ since: created_at, lastUsed: seen }, at),
    roles: roles
      .filter(({ principal_id }) => principal_id === holder.id)
      .map((given) => {
        const role = held(given, custom)
        const last_used_at = newest(role.scopes.map((scope) => uses.get(scope)))
        return { ...role, last_used_at, unused: isUnused({ since: role.since, lastUsed: last_used_at }, at) }
      }),
    keys: keys
      .filter(({ principal_id }) => principal_id === holder.id)
      .map(({ principal_id: _, ...key }) => ({
        ...key,
        unused: isUnused({ since: key.created_at, lastUsed: key.last_used_at }, at),
      })),
  }
}

const linesOf = ({ roles, keys, ...person }: ReviewedAccess) => {
  const { name, kind, email, pseudonym, disabled_at, managed, last_seen_at } = person
  const of = [name, kind, email, pseudonym, disabled_at, managed, last_seen_at]
  const lines = [
    ...roles.map((role) => [
      ...[
        ...of,
        role.kind,
        role.workspace ? `${role.role} in ${role.workspace.slug}` : role.role,
        role.scopes.join(' '),
        role.since,
        null,
      ],
      ...[role.by.rule, role.by.actor, role.by.decision_id, role.last_used_at, role.unused, person.id],
    ]),
    ...keys.map((key) => [
      ...[...of, key.kind, key.name, key.scopes?.join(' ') ?? null, key.created_at, key.expires_at],
      ...[null, null, null, key.last_used_at, key.unused, key.id],
    ]),
  ]
  if (lines.length > 0) return lines
  return [[...of, 'nothing', null, null, null, null, null, null, null, null, person.unused, person.id]]
}
