import type { FastifyRequest } from 'fastify'
import { problem } from '#contract/problems.js'
import type { CallTarget } from '../installs/call-target.js'
import type { QuotaState } from '../invocations/call-quota.js'
import type { Call } from '../invocations/call.js'
import type { Invocations } from '../invocations/invocations.service.js'
import { bodyCap } from '../invocations/limits.rules.js'
import type { Caller } from '../platform/http/caller.js'
import { guestHeaders } from './request-headers.rules.js'
import { passOn } from './response.rules.js'
import { Routes } from './routes.js'

/** Finds the install that a call goes to; null where the organisation has none. */
export interface InstallLookup {
  resolveForCall(tenantId: string, extension: string): Promise<CallTarget | null>
}

/** What goes back to the caller. */
export interface GatewayAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

type Incoming = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'body'>

const PREFIX = '/api/ext/'
const NO_BODY = new Uint8Array(0)

/** The one door to extensions: finds the endpoint, has the call decided and run, and passes on what may be passed on. */
export class Gateway {
  private readonly routes = new Routes()

  constructor(
    private readonly installs: InstallLookup,
    private readonly invocations: Pick<Invocations, 'invoke'>,
  ) {}

  /**
   * Calls an endpoint of an installed extension. Raises `not_found` where the extension is not installed or has no such
   * endpoint, `method_not_allowed`, `request.invalid`, `request.too_large`, `execution.response_invalid` and what `Invocations.invoke` raises.
   */
  async call(caller: Caller, extension: string, incoming: Incoming): Promise<GatewayAnswer> {
    // A request's target has no fragment (RFC 9112, section 3.2), and the router would leave out unseen what comes after.
    if (incoming.url.includes('#')) throw problem('request.invalid', { detail: 'Send "#" in a path or query as %23' })
    const target = caller.tenantId === null ? null : await this.installs.resolveForCall(caller.tenantId, extension)
    if (!target) throw problem('not_found')
    const { executionId, response, quota } = await this.invocations.invoke(this.callOf(caller, target, incoming))
    const passed = passOn(response, executionId)
    const { buffer, byteOffset, byteLength } = response.body
    return {
      status: passed.status,
      headers: { ...passed.headers, 'x-gatehouse-decision-id': executionId, ...rateLimit(quota) },
      body: Buffer.from(buffer, byteOffset, byteLength),
    }
  }

  private callOf(caller: Caller, target: CallTarget, incoming: Incoming): Call {
    const { path, query } = split(incoming.url)
    const { endpoint, params } = this.routes.match(target, incoming.method, path)
    const body = Buffer.isBuffer(incoming.body) ? incoming.body : NO_BODY
    const cap = bodyCap(endpoint)
    if (body.length > cap) throw problem('request.too_large', { detail: `This endpoint takes at most ${cap} bytes` })
    const headers = guestHeaders(incoming.headers, caller.correlationId)
    const record = incoming.headers['gatehouse-record'] === 'true'
    return {
      target,
      endpoint,
      caller,
      record,
      request: { method: incoming.method, path, params, query, headers, body },
    }
  }
}

/** Path below the extension, as it came, and the decoded query. */
const split = (url: string): { path: string; query: [string, string][] } => {
  const mark = url.indexOf('?')
  const path = mark === -1 ? url : url.slice(0, mark)
  const query = mark === -1 ? [] : [...new URLSearchParams(url.slice(mark + 1))]
  const slash = path.indexOf('/', PREFIX.length)
  return { path: slash === -1 ? '/' : path.slice(slash), query }
}

/** Where an install has a quota, what is left of it after this call (draft-ietf-httpapi-ratelimit-headers-07). */
const rateLimit = (quota: QuotaState | null): Record<string, string> =>
  quota === null
    ? {}
    : {
        'ratelimit-limit': String(quota.limit),
        'ratelimit-remaining': String(Math.max(0, quota.limit - quota.used - 1)),
        'ratelimit-reset': String(quota.resetsInS),
      }
