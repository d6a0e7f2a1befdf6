import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { map, type Observable } from 'rxjs'
import { SCIM_PREVIEW_HEADER, SCIM_TYPE } from '#contract/api/scim-protocol.js'
import type { Caller } from '../../platform/http/caller.js'
import type { Resource } from '../protocol/read-resource.js'

/** What is answered to an identity provider. */
export class ScimAnswer {
  constructor(
    readonly status: number,
    readonly body?: object,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

const metaOf = (resource: Resource): { location: string; version: string } =>
  resource['meta'] as { location: string; version: string }

/** A resource as far as it is asked for, with its address and version; `whole` is all of it. */
export const resourceAnswer = (status: number, whole: Resource, asked: Resource): ScimAnswer => {
  const { location, version } = metaOf(whole)
  return new ScimAnswer(status, asked, { location, etag: version })
}

/** 304: whoever asks has this version. */
export const unchanged = (whole: Resource): ScimAnswer =>
  new ScimAnswer(304, undefined, { etag: metaOf(whole).version })

/** Sends answers of SCIM with their status, headers and content type. */
@Injectable()
export class ScimAnswers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer) => {
        if (!(answer instanceof ScimAnswer)) return answer
        const http = context.switchToHttp()
        const reply = http.getResponse<FastifyReply>()
        reply.status(answer.status).headers(answer.headers)
        if (http.getRequest<{ caller: Caller }>().caller.scim?.preview) reply.header(SCIM_PREVIEW_HEADER, 'true')
        if (answer.body !== undefined) reply.type(SCIM_TYPE)
        return answer.body
      }),
    )
  }
}
