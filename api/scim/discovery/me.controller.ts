import { Controller, Req, UseInterceptors } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint } from '../../platform/http/endpoint.decorator.js'
import { ScimAnswers } from '../http/answer.js'
import { ScimDoor } from '../http/door.js'
import { ScimError } from '../protocol/scim-error.js'
import { ScimUsers } from '../users/users.service.js'

/** /scim/v2/Me (RFC 7644, section 3.11). */
@Controller()
@UseInterceptors(ScimAnswers)
export class ScimMeController {
  constructor(
    private readonly users: ScimUsers,
    private readonly door: ScimDoor,
  ) {}

  @Endpoint('scim.me')
  async me(@CurrentCaller() { principalId, tenantId, scim }: Caller, @Req() { query, headers }: FastifyRequest) {
    if (scim || principalId === null || tenantId === null)
      throw new ScimError(404, 'The token of a connection is nobody: send a key or a session of your own')
    const asked = { query: query as Record<string, unknown>, ifNoneMatch: headers['if-none-match'] }
    const definition = await this.users.definitionIn(tenantId)
    return this.users.read({ ...asked, tenantId, definition, base: this.door.base() }, principalId)
  }
}
