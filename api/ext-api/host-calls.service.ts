import type { RuntimeGrant, Caller } from '../platform/http/caller.js'
import type { ExtensionEndpoint } from '#contract/manifest/index.js'
import { Problem, problem } from '#contract/problems.js'
import type { HostAnswer } from '#runtime/slots/job.js'
import type { Broker } from '../capabilities/broker.js'
import type { Refused } from '#runtime/host-calls/refusals.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Invocations } from '../invocations/invocations.service.js'
import { narrowedTo } from './narrowed.rules.js'
import { hostProblem } from './refusal.rules.js'
import type { TokenCounters } from './token-counters.js'
import type { TokenUses } from '../identity/token-uses.js'

/** Finds the install that a token speaks for. */
export interface InstallLookup {
  resolveForCall(tenantId: string, extension: string, workspace: string): Promise<CallTarget | null>
}

export interface HostCallsParts {
  readonly installs: InstallLookup
  readonly invocations: Pick<Invocations, 'invoke'>
  readonly counters: TokenCounters
  readonly uses: Pick<TokenUses, 'note'>
}

/** A host call as its guest world names it, with its arguments. */
export interface HostCall {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** What became of calls that need no answer. */
export interface PostedCalls {
  readonly accepted: number
  readonly refused: readonly Refused[]
}

const NO_BODY = new Uint8Array(0)
const MAX_BODY = 1024 * 1024

/** An endpoint that no manifest can declare. */
const endpointOf = (name: string): ExtensionEndpoint => ({
  ...{ id: `ext-api:${name}`, title: name, method: 'POST', path: `/${name}` },
  ...{ required_scope: null, max_request_bytes: MAX_BODY },
})

/** Host calls of extensions that run elsewhere: each is decided as a call of the install, and then as the host call that it is. */
export class HostCalls {
  constructor(private readonly parts: HostCallsParts) {}

  /**
   * Makes one host call; gives what a guest would get. Raises `host.token_outdated`, `host.precondition_failed`, `host.call_refused`,
   * `host.unreachable`, what policy refuses, and what `Invocations.invoke` raises.
   */
  async call(caller: Caller, { name, args }: HostCall): Promise<unknown> {
    const { answer } = await this.within(caller, name, async (broker) => {
      const given = await broker.call(name, args)
      if ('ok' in given) return { status: 200, calls: 1, answer: given.ok }
      const refused = hostProblem(given.error, broker)
      return { status: refused.status, calls: 1, answer: refused }
    })
    if (answer instanceof Problem) throw answer
    return answer
  }

  /** Makes calls that a guest would post, in their order. Raises as `call` does where not one of them was accepted. */
  async post(caller: Caller, name: string, all: readonly HostCall['args'][]): Promise<PostedCalls> {
    if (name === 'log.write') this.parts.counters.countLines(tokenOf(caller), all.length)
    const { answer } = await this.within(caller, name, async (broker) => {
      const refusals: Problem[] = []
      for (const args of all) {
        const given: HostAnswer = await broker.call(name, args)
        if ('error' in given) refusals.push(hostProblem(given.error, broker))
      }
      const accepted = all.length - refusals.length
      const came = accepted > 0 ? { accepted, refused: broker.refused } : refusals[0]!
      return { status: came instanceof Problem ? came.status : 200, calls: all.length, answer: came }
    })
    if (answer instanceof Problem) throw answer
    return answer
  }

  private async within<T>(
    caller: Caller,
    name: string,
    carryOut: (broker: Broker) => Promise<{ status: number; calls: number; answer: T }>,
  ): Promise<{ answer: T }> {
    const tokenId = tokenOf(caller)
    const target = await this.targetOf(caller)
    this.parts.uses.note(tokenId, target.tenantId)
    let came: { answer: T } | undefined
    await this.parts.invocations.invoke({
      target,
      caller,
      endpoint: endpointOf(name),
      request: { method: 'POST', path: `/${name}`, params: [], query: [], headers: [], body: NO_BODY },
      outside: {
        counters: this.parts.counters.of(tokenId),
        carryOut: async (broker) => (came = await carryOut(broker)),
      },
    })
    return came!
  }

  /** The install as it is now, where it still is what the token was minted for. */
  private async targetOf({ runtime, tenantId }: Caller): Promise<CallTarget> {
    const grant = runtime as RuntimeGrant
    const { extension, workspaceId } = grant
    const target = tenantId === null ? null : await this.parts.installs.resolveForCall(tenantId, extension, workspaceId)
    if (!target || target.installId !== grant.installId || target.digest !== grant.digest)
      throw problem('host.token_outdated')
    return narrowedTo(target, grant.permissions)
  }
}

/** The guard lets nobody in without a token. */
const tokenOf = ({ runtime, keyId }: Caller): string => {
  if (!runtime || keyId === null) throw problem('auth.invalid')
  return keyId
}
