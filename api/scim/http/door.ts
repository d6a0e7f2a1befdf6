import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../platform/http/caller.js'
import type { TokenUses } from '../../identity/token-uses.js'
import { askOf, type Ask } from './ask.js'
import { connectionOf } from './caller.rules.js'

/** Where requests of identity providers come in. */
export class ScimDoor {
  /** @param origin of the service as providers know it; undefined where nobody said */
  constructor(
    private readonly origin: () => string | undefined,
    private readonly uses: TokenUses,
  ) {}

  /** Takes a request over, and notes that its token was used. Raises `auth.invalid` for whoever is no connection. */
  ask(caller: Caller, request: FastifyRequest): Ask {
    const connection = connectionOf(caller)
    this.uses.note(connection.scim.tokenId, connection.tenantId)
    return askOf({ caller: connection, base: this.base() }, request)
  }

  /** Address of the service up to /scim/v2; a path alone where its origin is not known. */
  base(): string {
    return `${this.origin() ?? ''}/scim/v2`
  }
}
