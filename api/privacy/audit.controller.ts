import { Controller, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { packedLines } from '../platform/http/packed-lines.js'
import { AccessReviews } from './access-review.service.js'
import { Audit } from './audit.service.js'

const CSV = 'text/csv; charset=utf-8; header=present'

/** Who did what, and who has what, over HTTP. */
@Controller()
export class AuditController {
  constructor(
    private readonly audit: Audit,
    private readonly reviews: AccessReviews,
  ) {}

  @Endpoint('audit.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'audit.list'>) {
    return this.audit.list(caller, query)
  }

  @Endpoint('audit.export')
  export(
    @CurrentCaller() caller: Caller,
    @Input() { query }: EndpointInput<'audit.export'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return packedLines(reply, this.audit.lines(caller, query), query.format === 'csv' ? CSV : undefined)
  }

  @Endpoint('access.review')
  review(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'access.review'>) {
    return this.reviews.review(caller, query)
  }

  @Endpoint('access.table')
  async table(
    @CurrentCaller() caller: Caller,
    @Input() { query }: EndpointInput<'access.table'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    reply.header('content-type', CSV)
    return this.reviews.table(caller, query)
  }
}
