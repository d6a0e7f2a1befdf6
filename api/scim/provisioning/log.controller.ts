import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import { problem } from '#contract/problems.js'
import { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { pageBy } from '../../platform/http/page.js'
import { findLogEntry, listLog } from './log.repository.js'

/** The provisioning log over HTTP. */
@Controller()
export class ScimLogController {
  constructor(private readonly database: Database) {}

  @Endpoint('scim.listLog')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'scim.listLog'>) {
    return pageBy(query, (page) => this.database.inScope(scopeOf(caller), (tx) => listLog(tx, query, page)))
  }

  @Endpoint('scim.showLog')
  async show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scim.showLog'>) {
    const entry = await this.database.inScope(scopeOf(caller), (tx) => findLogEntry(tx, params.id))
    if (!entry) throw problem('not_found')
    return entry
  }
}
