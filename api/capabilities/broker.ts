import type { Outcome } from '#contract/decisions/outcome.js'
import { readied, refusedBy, undecided } from '#runtime/host-calls/ask.js'
import type { ArgumentFacts, Plan } from '#runtime/host-calls/capability.js'
import { HostRefusal } from '#runtime/host-calls/host-reply.js'
import { Refusals, type Refused } from '#runtime/host-calls/refusals.js'
import { KILLED, type HostAnswer, type HostPort } from '#runtime/slots/job.js'
import type { GateService } from '../gate/gate.service.js'
import type { About } from '../gate/gate.types.js'
import type { KillState, KillTarget } from '../killswitch/kill-state.service.js'
import type { DecisionEntry } from '../ledger/decision-entry.js'
import type { Ledger } from '../ledger/ledger.service.js'
import { aboutCallOf, killTargetOf } from '../installs/call-target.rules.js'
import { newSpanId, spanIdOf, type Trace } from '../platform/http/trace-context.rules.js'
import type { Spans } from '../platform/telemetry/spans.js'
import { capabilityFacts, invocationFacts, type InvocationFacts } from './host-call-facts.rules.js'
import { HostCallDecisions } from './host-call-decisions.js'
import type { HostCall, Invocation } from './invocation.js'

/** What every broker shares: the calls there are, who decides them, who records them, what stops them. */
export interface BrokerDeps {
  readonly capabilities: ReadonlyMap<string, HostCall>
  readonly gate: Pick<GateService, 'weigh' | 'pending'>
  readonly ledger: Pick<Ledger, 'record'>
  readonly kill: Pick<KillState, 'check'>
  readonly spans: Pick<Spans, 'wants' | 'done'>
  /** Told of what no rule foresaw; the guest learns only that it failed. */
  onFault(error: unknown): void
}

type HostError = Extract<HostAnswer, { error: unknown }>['error']

const NO_ARGUMENTS = { kv: null, http: null, secret: null, log: null } as const

/**
 * Stands between one running guest and everything that it can reach. Each host call is held against the kill list,
 * decided with its arguments, and only then has its effect.
 */
export class Broker implements HostPort {
  private readonly decisions = new HostCallDecisions()
  private readonly refusals = new Refusals()
  private readonly facts: InvocationFacts
  private readonly about: About
  private readonly killTarget: KillTarget
  private closed = false
  private lastRefused: Exclude<Outcome, { kind: 'allow' }> | null = null

  constructor(
    private readonly invocation: Invocation,
    private readonly deps: BrokerDeps,
  ) {
    this.facts = invocationFacts(invocation)
    this.about = {
      ...aboutCallOf(invocation.target, invocation.caller.correlationId),
      executionId: invocation.executionId,
      ...(invocation.revision !== null && { begunUnder: invocation.revision }),
    }
    this.killTarget = killTargetOf(invocation.target)
  }

  /** Host calls that were refused. */
  get denied(): number {
    return this.decisions.denied
  }

  /** Ids of the decisions on its host calls, once it is closed. */
  get decisionIds(): readonly string[] {
    return this.decisions.ids
  }

  /** What was refused, posted calls included, of which the guest learns nothing. */
  get refused(): readonly Refused[] {
    return this.refusals.list()
  }

  /** The decision that refused the host call before; null where that was allowed, or failed for another cause. */
  get refusal(): Exclude<Outcome, { kind: 'allow' }> | null {
    return this.lastRefused
  }

  /** One blocking host call. Never rejects: what goes wrong is told to the guest. */
  call(name: string, args: unknown): Promise<HostAnswer> {
    const { trace } = this.invocation.caller
    return this.deps.spans.wants(trace) ? this.traced(trace, name, args) : this.answer(name, args)
  }

  private async traced({ traceId }: Trace, name: string, args: unknown): Promise<HostAnswer> {
    const start = Date.now()
    const answer = await this.answer(name, args)
    const failed = 'error' in answer
    this.deps.spans.done({
      ...{ name: `host call ${name}`, kind: 'internal', traceId, spanId: newSpanId() },
      ...{ parentId: spanIdOf(this.invocation.executionId), start, end: Date.now(), failed },
      attributes: { 'gatehouse.host_call': name, ...(failed && { 'error.type': answer.error.code }) },
    })
    return answer
  }

  private async answer(name: string, args: unknown): Promise<HostAnswer> {
    this.lastRefused = null
    try {
      const { capability, plan: planned } = this.readied(name, args)
      const plan = planned(this.invocation)
      return await this.carryOut(capability, plan instanceof Promise ? await plan : plan)
    } catch (error) {
      if (error instanceof HostRefusal) return { error: { code: error.code, message: error.message } }
      this.deps.onFault(error)
      return { error: { code: 'capability.failed', message: 'The host could not carry this out' } }
    }
  }

  /** A host call without an answer; what is refused is told with the result. Calls that must be answered cannot be posted. */
  post(name: string, args: unknown): void {
    if (this.deps.capabilities.get(name)?.posted) void this.call(name, args)
  }

  /** Ends it with its execution: takes the decisions that are not on record yet, and lets nothing happen any more. */
  close(): DecisionEntry[] {
    this.closed = true
    return this.decisions.take()
  }

  private async carryOut(capability: HostCall, plan: Plan): Promise<HostAnswer> {
    const loading = this.deps.gate.pending(this.facts, this.about)
    if (loading) await loading
    if (this.stopped()) return KILLED
    const outcome = this.decide(capability, plan.facts)
    if (outcome.kind !== 'allow') {
      this.lastRefused = outcome
      const error = refusal(outcome)
      this.refusals.note(capability.name, error.code)
      return { error }
    }
    if (capability.leaves) {
      await Promise.all(this.decisions.take().map((entry) => this.deps.ledger.record(entry)))
      // Recording took its time: an order may have come meanwhile.
      if (this.stopped()) return KILLED
    }
    return { ok: await plan.run() }
  }

  private stopped(): boolean {
    return this.closed || this.deps.kill.check(this.killTarget) !== null
  }

  private decide(capability: HostCall, facts: ArgumentFacts): Outcome {
    return this.decisions.on(`${capability.name} ${JSON.stringify(facts)}`, () =>
      this.deps.gate.weigh(
        'capability.use',
        { ...this.facts, capability: capabilityFacts(capability), ...NO_ARGUMENTS, ...facts },
        this.about,
      ),
    )
  }

  private readied(name: string, args: unknown) {
    try {
      return readied(this.deps.capabilities, { name, args })
    } catch (error) {
      if (error instanceof HostRefusal) this.refusals.note(name, error.code)
      throw error
    }
  }
}

const refusal = (outcome: Exclude<Outcome, { kind: 'allow' }>): HostError =>
  outcome.kind === 'unavailable'
    ? undecided(outcome.cause, outcome.decisionId)
    : refusedBy(outcome.reasons, outcome.decisionId)
