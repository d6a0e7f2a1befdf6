import { Injectable } from '@nestjs/common'
import type { GroupRulesDocument } from '#contract/api/documents.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { findRevision } from './documents.repository.js'
import { nameOf } from './documents.service.js'
import { readAffected, readMatches } from './group-rules-previews.repository.js'
import { ruleWords } from './group-rules.rules.js'
import { weighed, weighedTokens } from './role-grant.js'

/** Tries rules that give roles to groups before they are written. */
@Injectable()
export class GroupRulesPreviews {
  constructor(private readonly database: Database) {}

  /** Who would gain or lose what if rules became these. Raises `request.invalid` for a role that the organisation does not have. */
  async preview(
    caller: Caller,
    named: { readonly name: string; readonly tenant_id?: string | undefined },
    document: GroupRulesDocument,
  ) {
    const at = nameOf(caller, { kind: 'group_rules', name: named.name, tenant_id: named.tenant_id })
    const of = { tenantId: at.tenantId, name: at.name, document }
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const before = await findRevision(tx, at)
      const grant = await weighed(tx, caller, {
        kind: at.kind,
        tenantId: at.tenantId,
        before: before?.document,
        document,
      })
      const matches = await readMatches(tx, of)
      const { people, total: affected } = await readAffected(tx, of)
      const rules = document.entries.map((rule, place) => ({ rule: ruleWords(rule), ...matches[place]! }))
      const tokens = await weighedTokens(tx, { ...at, document })
      const beyond_own = grant?.scopes_beyond_actor ?? []
      return { rules, affected, people, beyond_own, tokens_beyond: tokens?.beyond ?? [] }
    })
  }
}
