import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { RuntimeToken, RuntimeTokenCreate, RuntimeTokenCreated } from '#contract/api/runtime-tokens.js'
import { problem } from '#contract/problems.js'
import { actorIn } from '../gate/actor-in.rules.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import { newApiKey } from '../identity/api-key.rules.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy, type IdPage } from '../platform/http/page.js'
import {
  findToken,
  findTokenInstall,
  insertToken,
  listTokens,
  revokeToken,
  type TokenInstall,
} from './runtime-tokens.repository.js'

/** Tokens by which extensions that run elsewhere make host calls. */
@Injectable()
export class RuntimeTokens {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
  ) {}

  /** Tokens of an install, newest first. Raises `not_found`. */
  async list(caller: Caller, installId: string, query: { limit: number; cursor?: string | undefined }) {
    await this.installOf(caller, installId)
    return pageBy(query, (page: IdPage) =>
      this.database.inScope(scopeOf(caller), (tx) => listTokens(tx, installId, page)),
    )
  }

  /** Mints a token for the version that is installed now. Raises `not_found`, and what the gate refuses. */
  async create(caller: Caller, installId: string, body: RuntimeTokenCreate): Promise<RuntimeTokenCreated> {
    const install = await this.installOf(caller, installId)
    const { principalId, keyId: issuedWith } = caller
    // A token acts as whoever minted it, in their organisation: nobody mints one for another.
    if (principalId === null || caller.tenantId !== install.tenant_id) throw problem('not_found')
    const permissions: readonly string[] = body.permissions ?? install.permissions
    const beyond_grant = permissions.filter((permission) => !install.permissions.includes(permission))
    const runtime_token = { permissions: [...permissions], beyond_grant, lasts_s: body.expires_in }
    const facts = adminFacts(actorIn(caller, install.workspace_id), resourceOf(install), { runtime_token })
    const permit = this.gate.requireAllow(
      await this.gate.decide('runtime_token.create', facts, aboutOf(caller, install)),
    )
    const { secret, prefix, hash } = newApiKey('runtime_token')
    const token = { id: randomUUIDv7(), install, principalId, issuedWith, name: body.name, permissions, prefix, hash }
    const kept = await this.gate.write(permit, (tx) => insertToken(tx, { ...token, lasts: body.expires_in }))
    const scope = permissions.join(' ')
    return { ...kept, access_token: secret, token_type: 'Bearer', expires_in: body.expires_in, scope }
  }

  /** Revokes a token: at once on this node, within a second on every other. Raises `not_found`, and what the gate refuses. */
  async revoke(caller: Caller, id: string): Promise<RuntimeToken> {
    const token = await this.database.inScope(scopeOf(caller), (tx) => findToken(tx, id))
    if (!token || token.revoked_at !== null) throw problem('not_found')
    const install = await this.installOf(caller, token.install_id)
    const facts = adminFacts(actorIn(caller, install.workspace_id), resourceOf(install))
    const permit = this.gate.requireAllow(
      await this.gate.decide('runtime_token.revoke', facts, aboutOf(caller, install)),
    )
    const revoked = await this.gate.write(permit, async (tx) => {
      if (!(await revokeToken(tx, id))) throw problem('conflict')
      const { tenant_id: _, ...view } = (await findToken(tx, id))!
      return view
    })
    this.callers.forget()
    return revoked
  }

  private async installOf(caller: Caller, id: string): Promise<TokenInstall> {
    const install = await this.database.inScope(scopeOf(caller), (tx) => findTokenInstall(tx, id))
    if (!install) throw problem('not_found')
    return install
  }
}

const resourceOf = ({ id, tenant_id, publisher_id, workspace_id }: TokenInstall) => ({
  ...{ kind: 'install', id, tenant_id, publisher_id, workspace_id },
})

const aboutOf = ({ correlationId }: Caller, install: TokenInstall) => ({
  correlationId,
  tenantId: install.tenant_id,
  workspaceId: install.workspace_id,
  publisherId: install.publisher_id,
  extension: install.extension,
  semver: install.semver,
  installId: install.id,
})
