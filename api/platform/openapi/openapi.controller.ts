import { Controller, Header, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import { openApiDocument } from '#contract/generators/openapi.js'
import { Endpoint, Input } from '../http/endpoint.decorator.js'
import { PAGE, PAGE_POLICY, pageAsset } from './page.js'

const document = openApiDocument()

/** The endpoint table as a document and as a page. Public: it tells shapes, which the repository tells as well. */
@Controller()
export class OpenApiController {
  @Endpoint('openapi.document')
  document() {
    return document
  }

  @Endpoint('openapi.page')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  @Header('referrer-policy', 'no-referrer')
  page(): string {
    return PAGE
  }

  @Endpoint('openapi.asset')
  @Header('cache-control', 'public, max-age=3600')
  @Header('x-content-type-options', 'nosniff')
  async asset(@Input() { params }: EndpointInput<'openapi.asset'>, @Res({ passthrough: true }) reply: FastifyReply) {
    const { type, content } = await pageAsset(params.file)
    reply.type(type)
    return content
  }
}
