import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { map, type Observable } from 'rxjs'
import { Held } from './held.js'

/** Sends a hold as 202 Accepted. */
@Injectable()
export class HeldInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer) => {
        if (!(answer instanceof Held)) return answer
        context.switchToHttp().getResponse<FastifyReply>().status(answer.status)
        return answer.body
      }),
    )
  }
}
