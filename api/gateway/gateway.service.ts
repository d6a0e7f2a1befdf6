import type { FastifyRequest } from 'fastify'
import { problem } from '#contract/problems.js'
import { bodyCap } from '#contract/manifest/effective-limits.rules.js'
import { Routes } from '#contract/manifest/routes.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Call } from '../invocations/call.js'
import type { Invocations } from '../invocations/invocations.service.js'
import { limitHeaders } from '../invocations/limit-states.rules.js'
import type { Caller } from '../platform/http/caller.js'
import { answered, endingOf, type GatewayAnswer } from './ending.rules.js'
import type { KeptCalls, Wished } from './kept-calls.service.js'
import { guestHeaders } from './request-headers.rules.js'
import { targetOf, type Target } from '#runtime/calls/target.rules.js'
import { wishesOf } from './wishes.rules.js'

/** Finds the install that a call goes to; null where the organisation has none. */
export interface InstallLookup {
  resolveForCall(tenantId: string, extension: string): Promise<CallTarget | null>
}

/** What the gateway stands on. */
export interface GatewayParts {
  readonly installs: InstallLookup
  readonly invocations: Pick<Invocations, 'admit'>
  readonly kept: Pick<KeptCalls, 'serve'>
}

type Incoming = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'body'>

interface Asked {
  readonly caller: Caller
  readonly target: CallTarget
  readonly incoming: Incoming
  readonly at: Target
}

const NO_BODY = new Uint8Array(0)

/** The one door to extensions: finds the endpoint, has the call decided and run, and passes on what may be passed on. */
export class Gateway {
  private readonly routes = new Routes()

  constructor(private readonly parts: GatewayParts) {}

  /**
   * Calls an endpoint of an installed extension. Raises `not_found` where the extension is not installed or has no such
   * endpoint, `method_not_allowed`, `request.invalid`, `request.too_large`, `execution.response_invalid` and what
   * `Invocations.invoke` and `KeptCalls.serve` raise.
   */
  async call(caller: Caller, extension: string, incoming: Incoming): Promise<GatewayAnswer> {
    const at = targetOf(incoming.url)
    const wishes = wishesOf(incoming.headers)
    const target =
      caller.tenantId === null ? null : await this.parts.installs.resolveForCall(caller.tenantId, extension)
    if (!target) throw problem('not_found')
    const call = this.callOf({ caller, target, incoming, at })
    const admitted = await this.parts.invocations.admit(call)
    const answer = await this.answerTo({ call, admitted, wishes })
    return { ...answer, headers: { ...answer.headers, ...limitHeaders(admitted.limits) } }
  }

  private async answerTo(wished: Wished): Promise<GatewayAnswer> {
    const { admitted, wishes } = wished
    if (wishes.key !== null || wishes.async) return this.parts.kept.serve(wished)
    return answered(endingOf(await admitted.run()), admitted.executionId)
  }

  private callOf({ caller, target, incoming, at: { path, query } }: Asked): Call {
    const { endpoint, params } = this.routes.match(target, incoming.method, path)
    const body = Buffer.isBuffer(incoming.body) ? incoming.body : NO_BODY
    const cap = bodyCap(endpoint)
    if (body.length > cap) throw problem('request.too_large', { detail: `This endpoint takes at most ${cap} bytes` })
    const headers = guestHeaders(incoming.headers, caller)
    const record = incoming.headers['gatehouse-record'] === 'true'
    const request = { method: incoming.method, path, params, query, headers, body }
    return { target, endpoint, caller, record, request }
  }
}
