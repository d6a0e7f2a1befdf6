import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { ScimToken, ScimTokenCreate, ScimTokenCreated } from '#contract/api/scim.js'
import { problem } from '#contract/problems.js'
import { NOTHING_GIVEN, weighedRules } from '../../documents/role-grant.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import { GateService } from '../../gate/gate.service.js'
import { newApiKey } from '../../identity/api-key.rules.js'
import { Callers } from '../../identity/caller-resolver.service.js'
import { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { pageBy } from '../../platform/http/page.js'
import { findConnection } from './connections.repository.js'
import {
  countUsableTokens,
  findScimToken,
  insertScimToken,
  listScimTokens,
  revokeScimToken,
} from './tokens.repository.js'

/** One in use and one to put in its place: more would be forgotten somewhere. */
const MOST_TOKENS = 2
/** Previews are cheap, and several people may look at once. */
const MOST_PREVIEW_TOKENS = 10

/** Tokens of SCIM connections. */
@Injectable()
export class ScimTokens {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
  ) {}

  /** Tokens of a connection, newest first. Raises `not_found`. */
  async list(caller: Caller, connectionId: string, query: { limit: number; cursor?: string | undefined }) {
    await this.connectionOf(caller, connectionId)
    return pageBy(query, (page) =>
      this.database.inScope(scopeOf(caller), (tx) => listScimTokens(tx, connectionId, page)),
    )
  }

  /** Makes a token beside those that count already. Raises `not_found`, `too_many` beyond two, and what the gate refuses. */
  async create(caller: Caller, connectionId: string, body: ScimTokenCreate): Promise<ScimTokenCreated> {
    const { tenant_id } = await this.connectionOf(caller, connectionId)
    // Whoever has the token says who is in which group, and so who has what the rules give. A preview changes nothing.
    const permit = await this.permit(caller, { id: connectionId, tenant_id }, !body.preview)
    const { secret, prefix, hash } = newApiKey('scim_token')
    const { name, preview, expires_in_days: days } = body
    const most = preview ? MOST_PREVIEW_TOKENS : MOST_TOKENS
    const token = await this.gate.write(permit, async (tx) => {
      if ((await countUsableTokens(tx, connectionId, preview)) >= most)
        throw problem('too_many', {
          detail: `${most} tokens of this connection count already: revoke one first (gatehouse scim tokens list CONNECTION, then gatehouse scim tokens revoke TOKEN)`,
        })
      const row = { id: randomUUIDv7(), tenant_id, connection_id: connectionId, name, prefix, hash, preview, days }
      return insertScimToken(tx, { ...row, issued_by: caller.actor.id })
    })
    return { ...token, secret }
  }

  /** Revokes a token: at once on this node, within a second on every other. Raises `not_found`, and what the gate refuses. */
  async revoke(caller: Caller, id: string): Promise<ScimToken> {
    const token = await this.database.inScope(scopeOf(caller), (tx) => findScimToken(tx, id))
    if (!token || token.revoked_at !== null) throw problem('not_found')
    const permit = await this.permit(caller, { id: token.connection_id, tenant_id: token.tenant_id })
    const revoked = await this.gate.write(permit, (tx) => revokeScimToken(tx, id))
    if (!revoked) throw problem('conflict')
    this.callers.forget()
    return revoked
  }

  private async connectionOf(caller: Caller, id: string) {
    const connection = await this.database.inScope(scopeOf(caller), (tx) => findConnection(tx, id))
    if (!connection) throw problem('not_found')
    return connection
  }

  private async permit(caller: Caller, { id, tenant_id }: { id: string; tenant_id: string }, opens = false) {
    const resource = { kind: 'scim_connection', id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    const role_grant = opens
      ? await this.database.inScope(scopeOf(caller), (tx) => weighedRules(tx, caller, tenant_id))
      : NOTHING_GIVEN
    const facts = adminFacts(caller, resource, {
      scim_connection: { adopts: false, loosens_brake: false },
      role_grant,
    })
    return this.gate.requireAllow(await this.gate.decide('scim.configure', facts, about))
  }
}
