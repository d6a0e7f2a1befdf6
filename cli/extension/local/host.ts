import { randomUUID } from 'node:crypto'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { PolicyEngine } from '#engine/load.js'
import { readied, refusedBy, undecided } from '#runtime/host-calls/ask.js'
import { nothingDone, type Capability, type Invocation } from '#runtime/host-calls/capability.js'
import { capabilityCatalogue } from '#runtime/host-calls/catalogue.js'
import { HostRefusal } from '#runtime/host-calls/host-reply.js'
import type { Publication } from '#runtime/host-calls/ports.js'
import type { HostAnswer, HostPort } from '#runtime/slots/job.js'
import { bytesOf } from '#sdk/test-kit/content.js'
import { FakeKv } from './fake-kv.js'
import { FakeNetwork } from './fake-network.js'
import { decideLocally, type LocalDecision } from './gate.js'
import { hostCallFacts, type LocalInstall } from './install.js'
import type { Surroundings } from '#sdk/test-kit/surroundings.schema.js'

/** One host call of a local run: what was asked, what policy said, what was answered. */
export interface HostCall {
  readonly name: string
  /** As the guest gave them. */
  readonly args: Readonly<Record<string, unknown>>
  /** Null where it was not decided: unknown, with wrong arguments, or refused by the surroundings. */
  readonly decision: LocalDecision | null
  readonly answer: HostAnswer
  /** The guest did not wait for the answer, and got none. */
  readonly posted: boolean
}

/** Keeps what an extension stores, over all calls that share it. */
export interface LocalState {
  readonly kv: FakeKv
}

export interface LocalHostParts {
  readonly executionId: string
  readonly install: LocalInstall
  readonly surroundings: Surroundings
  readonly state: LocalState
  /** Null: everything is allowed, which no service ever does. */
  readonly engine: PolicyEngine | null
  /** Moment of the call, in milliseconds since the epoch. */
  readonly now: number
  readonly deadline: number
  /** Told of each host call as soon as it is answered. */
  readonly onHostCall?: ((call: HostCall) => void) | undefined
}

/** The moment that an extension in these surroundings sees, in milliseconds since the epoch. */
export const momentIn = ({ now }: Surroundings): number => (now === undefined ? Date.now() : Date.parse(now))

/** Storage with what the surroundings put there. */
export const openState = (surroundings: Surroundings): LocalState => ({
  kv: new FakeKv(
    Object.entries(surroundings.kv).map(([key, content]) => [key, bytesOf(content)] as const),
    () => momentIn(surroundings),
  ),
})

/** Serves the host calls of one local call with fakes; everything else of them is as in the service. */
export class LocalHost implements HostPort {
  readonly calls: HostCall[] = []
  readonly events: Publication[] = []
  readonly network: FakeNetwork
  readonly invocation: Invocation<LocalInstall>
  private readonly capabilities: ReadonlyMap<string, Capability<never, LocalInstall>>

  constructor(private readonly parts: LocalHostParts) {
    const { executionId, install, surroundings, state, deadline } = parts
    this.network = new FakeNetwork(surroundings.http)
    this.capabilities = capabilityCatalogue<LocalInstall>({
      kv: state.kv,
      events: {
        publish: async (_invocation, publication) => {
          this.events.push(publication)
          return randomUUID()
        },
      },
      secrets: { openSecret: async (_install, name) => surroundings.secrets[name] ?? null },
      resolver: this.network,
      client: this.network,
    })
    this.invocation = {
      executionId,
      target: install,
      hops: 0,
      deadline,
      signal: new AbortController().signal,
      ...nothingDone(),
    }
  }

  call(name: string, args: Readonly<Record<string, unknown>>): Promise<HostAnswer> {
    return this.serve({ name, args, posted: false })
  }

  post(name: string, args: Readonly<Record<string, unknown>>): void {
    if (this.capabilities.get(name)?.posted) void this.serve({ name, args, posted: true })
  }

  private async serve(asked: Pick<HostCall, 'name' | 'args' | 'posted'>): Promise<HostAnswer> {
    let decision: LocalDecision | null = null
    const answer = await this.answer(asked, (made) => (decision = made))
    const call = { ...asked, decision, answer }
    this.calls.push(call)
    this.parts.onHostCall?.(call)
    return answer
  }

  private async answer(
    asked: Pick<HostCall, 'name' | 'args'>,
    decided: (decision: LocalDecision) => void,
  ): Promise<HostAnswer> {
    try {
      const refused = this.parts.surroundings.refuse[asked.name]
      if (refused !== undefined) throw new HostRefusal(refused, 'The surroundings refuse this host call')
      const { capability, plan } = readied(this.capabilities, asked)
      const { facts, run } = await plan(this.invocation)
      const decision = this.decide(capability, facts)
      if (decision) {
        decided(decision)
        if (decision.outcome === 'unavailable') return { error: undecided(decision.reasons[0]!.id, decision.id) }
        if (decision.outcome !== 'allow') return { error: refusedBy(decision.reasons, decision.id) }
      }
      return { ok: await run() }
    } catch (error) {
      if (error instanceof HostRefusal) return { error: { code: error.code, message: error.message } }
      return { error: { code: 'capability.failed', message: (error as Error).message } }
    }
  }

  private decide({ name, permission }: Capability<never, LocalInstall>, facts: object): LocalDecision | null {
    const { engine, install, surroundings, now } = this.parts
    if (!engine) return null
    const all = { ...hostCallFacts(install, surroundings), capability: { name, permission }, ...facts }
    return decideLocally(engine, {
      gate: 'capability',
      action: 'capability.use',
      facts: all as DecisionFacts<'capability'>,
      now,
    })
  }
}
