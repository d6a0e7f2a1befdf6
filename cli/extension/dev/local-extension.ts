import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ExecutionRecording } from '#contract/api/recordings.js'
import { bodyCap, effectiveLimits } from '#contract/manifest/effective-limits.rules.js'
import { Routes, type Match } from '#contract/manifest/routes.js'
import { problem } from '#contract/problems.js'
import { capabilityCatalogue } from '#runtime/host-calls/catalogue.js'
import type { Installed, Invocation } from '#runtime/host-calls/capability.js'
import { LogSheet } from '#runtime/host-calls/log.rules.js'
import { MetricSheet } from '#runtime/host-calls/metrics.rules.js'
import type { CapabilityPorts } from '#runtime/host-calls/ports.js'
import { shownRecording } from '#runtime/recordings/shown-recording.rules.js'
import type { ExecutionResult, GuestRequest, Job } from '#runtime/slots/job.js'
import type { SlotPool } from '#runtime/slots/slot-pool.js'
import type { LocalDecision } from './dev-records.js'
import { installedOf, LOCAL_TENANT, localCallFacts, localHostFacts, type Known } from './local-facts.js'
import type { LocalGate } from './local-gate.js'
import { LocalHost, type HostCallMade } from './local-host.js'

const MIB = 1024 * 1024

/** A request as it came, below the extension. */
export interface LocalRequest extends Omit<GuestRequest, 'params'> {}

/** What came of a request: refused, or run. */
export interface Called {
  readonly decision: LocalDecision
  readonly calls: readonly HostCallMade[]
  readonly result: ExecutionResult | null
  readonly recording: ExecutionRecording | null
}

export interface LocalParts extends Known {
  readonly ports: CapabilityPorts<Installed>
  readonly gate: LocalGate
  readonly pool: Pick<SlotPool, 'execute'>
  /** Told of each host call as it is made. */
  onCall(made: HostCallMade): void
  /** Told of the decision on the call before it runs. */
  onDecision(decision: LocalDecision, request: LocalRequest): void
}

/** One built version of an extension, called as the gateway calls it. */
export class LocalExtension {
  private readonly routes = new Routes()

  constructor(private readonly parts: LocalParts) {}

  /** Calls an endpoint. Raises `not_found`, `method_not_allowed`, `request.too_large`. */
  async call(request: LocalRequest): Promise<Called> {
    const match = this.routes.match(this.parts.manifest.api, request.method, request.path)
    const cap = bodyCap(match.endpoint)
    if (request.body.length > cap)
      throw problem('request.too_large', { detail: `This endpoint takes at most ${cap} bytes` })
    const { gate, fixture, onDecision } = this.parts
    const nowMs = fixture.now === undefined ? Date.now() : Date.parse(fixture.now)
    const at = { executionId: randomUUID(), nowMs }
    const decision = gate.decide('extension.invoke', localCallFacts(this.parts, match.endpoint), at)
    onDecision(decision, request)
    if (decision.outcome !== 'allow') return { decision, calls: [], result: null, recording: null }
    return { decision, ...(await this.run(request, match, at)) }
  }

  private async run(request: LocalRequest, match: Match, at: { executionId: string; nowMs: number }) {
    const job = this.job({ ...request, params: match.params }, match, at)
    const over = new AbortController()
    const host = this.host(job, at, over.signal)
    const result = await this.parts.pool.execute(job, host)
    over.abort()
    const decisions = new Map(host.calls.map((call) => [call, call.decision]))
    const recording = shownRecording({ job, calls: host.calls, result }, (call) => {
      const made = decisions.get(call as HostCallMade)
      return made ? { id: made.id, outcome: made.outcome, reasons: made.reasons } : null
    })
    return { calls: host.calls, result, recording }
  }

  private host(job: Job, at: { executionId: string; nowMs: number }, signal: AbortSignal): LocalHost {
    const { ports, gate, fixture, onCall } = this.parts
    const invocation: Invocation = {
      ...{ executionId: at.executionId, target: installedOf(this.parts), deadline: job.deadline, signal },
      ...{ log: new LogSheet(), metrics: new MetricSheet(), disclosed: new Map<string, string>() },
      ...{ published: 0, requests: 0, egressBytes: 0 },
    }
    const facts = localHostFacts(this.parts)
    return new LocalHost({
      ...{ capabilities: capabilityCatalogue(ports), invocation, refuse: fixture.refuse, onCall },
      decide: (call) => gate.decide('capability.use', { ...facts, ...call }, at),
    })
  }

  private job(request: GuestRequest, { endpoint }: Match, at: { executionId: string; nowMs: number }): Job {
    const { manifest, digest, fixture } = this.parts
    const limits = effectiveLimits(manifest, endpoint, { wallMs: Number.MAX_SAFE_INTEGER })
    const { fuel, wall_ms, output_bytes, host_calls, memory_mb } = limits
    const seed = fixture.seed === undefined ? randomBytes(32) : createHash('sha256').update(fixture.seed).digest()
    return {
      ...{ executionId: at.executionId, tenantId: LOCAL_TENANT, labels: {}, artifact: { digest, folder: '' }, request },
      limits: { fuel, wall_ms, output_bytes, host_calls, memory_bytes: memory_mb * MIB },
      deadline: Date.now() + wall_ms,
      printsToLog: manifest.permissions.includes('log:write'),
      // So that each call can be stepped through as it went.
      fixed: { nowMs: at.nowMs, seed },
    }
  }
}
