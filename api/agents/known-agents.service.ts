import type { AgentDecision, AgentDecisionQuery, OpaAgent, OpaAgentQuery } from '#contract/api/agents.js'
import { Uuid } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import { listAgentDecisions, listAgents } from './agents.repository.js'

interface Page<Item> {
  readonly items: Item[]
  readonly next_cursor: string | null
}

/** What is known of OPA agents. Organisations see their own, the platform all. */
export class KnownAgents {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly sealed: Pick<SealedPoliciesRepository, 'pointer'>,
    private readonly policies: Pick<PolicySet, 'revision'>,
  ) {}

  /** Agents by their id. Raises `request.invalid` for a cursor that was not given out here. */
  async list(caller: Caller, { limit, cursor }: OpaAgentQuery): Promise<Page<OpaAgent>> {
    const page = { rows: limit + 1, after: cursor === undefined ? null : readCursor(cursor) }
    const inForce = (await this.sealed.pointer())?.bundleRevision ?? this.policies.revision
    const rows = await this.database.inScope(scopeOf(caller), (tx) => listAgents(tx, page))
    const items = rows
      .slice(0, limit)
      .map((row) => ({ ...row, follows: row.active_revision !== null && row.active_revision === inForce }))
    const last = rows.length > limit ? items.at(-1) : undefined
    return { items, next_cursor: last ? `${last.tenant}.${Buffer.from(last.id).toString('base64url')}` : null }
  }

  /** What agents decided, newest first. Raises `request.invalid` as `list` does. */
  async decisions(caller: Caller, query: AgentDecisionQuery): Promise<Page<AgentDecision>> {
    const page = idPage(query)
    return pageOfIds(
      await this.database.inScope(scopeOf(caller), (tx) => listAgentDecisions(tx, page, query)),
      query.limit,
    )
  }
}

const readCursor = (cursor: string): { agent: string; tenant: string } => {
  const [tenant = '', encoded = ''] = cursor.split('.')
  const agent = Buffer.from(encoded, 'base64url').toString()
  if (Uuid.safeParse(tenant).success && agent.length > 0 && !agent.includes('\0')) return { agent, tenant }
  throw problem('request.invalid', {
    errors: [{ pointer: '/query/cursor', detail: 'must be the next_cursor of the page before' }],
  })
}
