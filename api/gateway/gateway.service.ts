import { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '#contract/problems.js'
import { bodyCap } from '#contract/manifest/effective-limits.rules.js'
import { Routes } from '#contract/manifest/routes.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Call } from '../invocations/call.js'
import type { Invocations } from '../invocations/invocations.service.js'
import { limitHeaders } from '../invocations/limit-states.rules.js'
import type { Caller } from '../platform/http/caller.js'
import { wholeBody } from '../platform/http/raw-body.js'
import { answered, endingOf, type GatewayAnswer } from './ending.rules.js'
import type { KeptCalls, Wished } from './kept-calls.service.js'
import { guestHeaders } from './request-headers.rules.js'
import { refuseTooLarge, runStreamed } from './streamed-calls.js'
import { targetOf, type Target } from '#runtime/calls/target.rules.js'
import { wishesOf } from './wishes.rules.js'

/** Finds the install that a call goes to; null where the organisation has none. */
export interface InstallLookup {
  resolveForCall(tenantId: string, extension: string, workspace: string | null): Promise<CallTarget | null>
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

/** What is missing, in the same words whether the workspace is not there or the extension is not installed in it. */
const notInstalled = (extension: string, workspace: string | null): string =>
  workspace === null
    ? `${extension} is not installed in your organisation: gatehouse installs names what is`
    : `${extension} is not installed in a workspace ${workspace} of your organisation: gatehouse workspaces list names workspaces, gatehouse installs --workspace WORKSPACE what is installed in one`

/** The one door to extensions: finds the endpoint, has the call decided and run, and passes on what may be passed on. */
export class Gateway {
  private readonly routes = new Routes()

  constructor(private readonly parts: GatewayParts) {}

  /**
   * Calls an endpoint of an installed extension. Where that streams, its answer may have gone out by `reply` already. Raises `not_found` where the extension is not installed or has no such
   * endpoint, `method_not_allowed`, `request.invalid`, `request.too_large`, `execution.response_invalid` and what
   * `Invocations.invoke` and `KeptCalls.serve` raise.
   */
  async call(caller: Caller, extension: string, incoming: Incoming, reply?: FastifyReply): Promise<GatewayAnswer> {
    const at = targetOf(incoming.url)
    const wishes = wishesOf(incoming.headers)
    const { tenantId } = caller
    const target =
      tenantId === null ? null : await this.parts.installs.resolveForCall(tenantId, extension, wishes.workspace)
    if (!target) throw problem('not_found', { detail: notInstalled(extension, wishes.workspace) })
    const call = { ...this.callOf({ caller, target, incoming, at }), keyed: wishes.key !== null }
    const { body } = incoming
    if (call.endpoint.stream && reply) return runStreamed({ call, body, wishes, reply }, this.parts.invocations)
    const whole = body instanceof IncomingMessage ? await this.read(call, body) : call
    const admitted = await this.parts.invocations.admit(whole)
    const answer = await this.answerTo({ call: whole, admitted, wishes })
    return { ...answer, headers: { ...answer.headers, ...limitHeaders(admitted.limits) } }
  }

  private async answerTo(wished: Wished): Promise<GatewayAnswer> {
    const { admitted, wishes } = wished
    if (wishes.key !== null || wishes.async) return this.parts.kept.serve(wished)
    return answered(endingOf(await admitted.run()), admitted.executionId)
  }

  private async read(call: Call, incoming: IncomingMessage): Promise<Call> {
    const body = await wholeBody(incoming, bodyCap(call.endpoint))
    return { ...call, request: { ...call.request, body } }
  }

  private callOf({ caller, target, incoming, at: { path, query } }: Asked): Call {
    const { endpoint, params } = this.routes.match(target, incoming.method, path)
    const body = Buffer.isBuffer(incoming.body) ? incoming.body : NO_BODY
    refuseTooLarge(incoming.body, bodyCap(endpoint))
    const headers = guestHeaders(incoming.headers, caller)
    const record = incoming.headers['gatehouse-record'] === 'true'
    const request = { method: incoming.method, path, params, query, headers, body }
    return { target, endpoint, caller, record, request }
  }
}
