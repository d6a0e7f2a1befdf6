import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { actionEntry } from '#contract/actions.js'
import type { EndpointEntry } from '#contract/endpoint.js'
import { endpointEntry } from '#contract/endpoints.js'
import { problem } from '#contract/problems.js'
import { fieldErrors } from '#contract/field-errors.js'
import { anonymousCaller, type Caller } from './caller.js'
import { cookieRequest } from './cookies.rules.js'
import { endpointOf, templateParams, type GovernedRequest } from './endpoint.decorator.js'
import { traceOfRequest } from './fastify.js'
import { rehearsal } from '../rehearsal.js'
import { CALLER_RESOLVER, READ_GATE, type CallerResolver, type ReadGate } from './ports.js'

const ANY_TYPE = '*/*'
/** Where an entry has no schema, nothing may be sent. */
const NOTHING = z.strictObject({})

/** Probes may add anything to the address of a public endpoint; an extension reads its query itself. */
const queryOf = ({ query, public: open, body }: EndpointEntry): z.ZodType | undefined =>
  query ?? (open || (body && 'stream' in body && body.stream === ANY_TYPE) ? undefined : NOTHING)

/** Parses one part of a request, or says which fields are wrong. */
const parse = (schema: EndpointEntry['params'] | EndpointEntry['body'], value: unknown, part: string): unknown => {
  if (schema === undefined || !(schema instanceof z.ZodType)) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw problem('request.invalid', { errors: fieldErrors(parsed.error, part) })
}

/** A body that is missing is read as an empty one, so that each field is named; where that would do, the body itself is wanted. */
const parseBody = (schema: NonNullable<EndpointEntry['body']>, body: unknown): unknown => {
  const parsed = parse(schema, body === undefined ? {} : body, '')
  if (body === undefined && schema !== NOTHING && schema instanceof z.ZodType)
    throw problem('request.invalid', { errors: [{ pointer: '', detail: 'must be a JSON object; send {} at least' }] })
  return parsed
}

/** The workspace in which a read stays, where its request names one. */
const workspaceOf = ({ workspace }: EndpointEntry, { params, query }: GovernedRequest['input']): string | undefined => {
  if (workspace === undefined) return undefined
  return workspace === 'path' ? (params as { id: string }).id : (query as { workspace_id?: string }).workspace_id
}

/** Stands before every route: who asks, does the request fit its entry, and, for a read, does policy let it. */
@Injectable()
export class EndpointGuard implements CanActivate {
  constructor(
    @Inject(CALLER_RESOLVER) private readonly callers: CallerResolver,
    @Inject(READ_GATE) private readonly reads: ReadGate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const id = endpointOf(context.getHandler())
    if (id === undefined) throw new Error(`${context.getClass().name} has a route without an endpoint`)
    const entry = endpointEntry(id)
    const request = context.switchToHttp().getRequest<FastifyRequest & GovernedRequest>()
    const caller = entry.public ? anonymousCaller(request.id) : await this.callerOf(request, entry)
    request.caller = { ...caller, trace: traceOfRequest(request.raw) }
    request.input = {
      params: parse(entry.params, templateParams(request.params as Record<string, unknown>), '/params'),
      query: parse(queryOf(entry), request.query, '/query'),
      body: parseBody(entry.body ?? NOTHING, request.body),
    }
    if (entry.action && actionEntry(entry.action).read)
      await this.reads.check(entry.action, request.caller, request.url, workspaceOf(entry, request.input))
    return true
  }

  /** A browser's cookie counts only where no header says who asks, and nowhere that wants another credential. */
  private async callerOf(request: FastifyRequest, { credential, action }: EndpointEntry): Promise<Caller> {
    const rehearsed = rehearsal()
    if (rehearsed) return { ...rehearsed.caller, correlationId: request.id }
    const { authorization } = request.headers
    const cookie = authorization === undefined && !credential ? cookieRequest(request) : undefined
    return cookie
      ? this.callers.resolveCookie(cookie, request.id)
      : this.callers.resolve(authorization, request.id, { credential, request, mustWork: action === 'kill.engage' })
  }
}
