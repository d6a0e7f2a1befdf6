import { Injectable } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { FastifyInstance } from 'fastify'
import type { ProblemBody } from '#contract/api/problem.js'
import { rehearsedAnswer, type Rehearsed } from '../gate/rehearsed.js'
import { rehearse, type Rehearsal } from '../platform/rehearsal.js'
import type { AskedRequest } from './request.rules.js'

/** What came of a rehearsed request: what the gate said, or the problem by which it ended before. */
export type Ending =
  | { readonly gate: Rehearsed }
  | { readonly problem: Pick<ProblemBody, 'status' | 'code' | 'title'> & Partial<ProblemBody> }

/** Sends requests to this service's own routes as somebody else would, up to the gate's answer. */
@Injectable()
export class Rehearsals {
  constructor(private readonly host: HttpAdapterHost) {}

  /** The very route, guard, schemas and service of the request make the facts: there is no second way to them. */
  async of(
    caller: Rehearsal['caller'],
    { method, path, body, headers: named }: AskedRequest,
    correlationId: string,
  ): Promise<Ending> {
    const asked: Rehearsal = { caller }
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>()
    const headers = { ...named, 'x-correlation-id': correlationId }
    const request = { method, url: path, headers, ...(body !== undefined && { payload: body }) }
    const response = await rehearse(asked, async () => fastify.inject(request))
    const gate = rehearsedAnswer(asked)
    if (gate) return { gate }
    if (response.statusCode < 400) throw new Error(`${method} ${path} answered without asking the gate`)
    return { problem: response.json<ProblemBody>() }
  }
}
