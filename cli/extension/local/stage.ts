import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { bodyCap, effectiveLimits, streamLimits } from '#contract/manifest/effective-limits.rules.js'
import { streamsRequest } from '#contract/manifest/endpoints.js'
import { LIMITS, type ExtensionEndpoint, type Manifest } from '#contract/manifest/index.js'
import { Routes } from '#contract/manifest/routes.js'
import { problem } from '#contract/problems.js'
import { readShippedBundle, type PolicyBundle } from '#engine/bundle.js'
import { loadPolicy, type PolicyEngine } from '#engine/load.js'
import { admit } from '#runtime/admission/admit.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import { GATEWAY_PREFIX, targetOf } from '#runtime/calls/target.rules.js'
import type { LoggedLine } from '#runtime/host-calls/log.rules.js'
import type { Series } from '#runtime/host-calls/metrics.rules.js'
import type { Publication } from '#runtime/host-calls/ports.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { jobLimits, type ExecutionResult, type GuestRequest, type Job } from '#runtime/slots/job.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { interfacesOf } from '../build.js'
import type { SentRequest } from './fake-network.js'
import { decideLocally, type LocalDecision } from './gate.js'
import { LocalHost, momentIn, openState, type HostCall, type LocalState } from './host.js'
import { callFacts, installOf, LOCAL_TENANT } from './install.js'
import { Surroundings } from '#sdk/test-kit/surroundings.schema.js'
import { WholeBodies } from './whole-bodies.js'

const PAGES_A_MIB = 16

/** An extension that passed admission: what slots run of it. */
export interface Admitted {
  readonly manifest: Manifest
  readonly artifact: Artifact
}

/** A request from outside, path and query not yet taken apart. */
export interface LocalRequest {
  readonly method: string
  /** Path below the extension, as it would come: `/audit?deep=1`. */
  readonly target: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: Uint8Array
}

/** What a call came to. `job` and `result` are null where policy did not allow it. */
export interface LocalRun {
  /** Also the id of its decision, as in the service. */
  readonly executionId: string
  readonly endpoint: ExtensionEndpoint
  readonly decision: LocalDecision | null
  readonly job: Job | null
  readonly result: ExecutionResult | null
  readonly calls: readonly HostCall[]
  readonly log: readonly LoggedLine[]
  readonly metrics: readonly Series[]
  readonly events: readonly Publication[]
  readonly sent: readonly SentRequest[]
}

export interface CallOptions {
  readonly surroundings?: Surroundings
  /** What the extension stored before; fresh from the surroundings where absent. */
  readonly state?: LocalState
  /** Fixes time and randomness, so that it can be stepped through as it went. */
  readonly recorded?: boolean
  /** Told of the decision on the call, and of its path, before it runs. */
  readonly onDecision?: (decision: LocalDecision, path: string) => void
  readonly onHostCall?: (call: HostCall) => void
}

export interface StageOptions {
  /** `shipped`: the policy that comes with Gatehouse; a bundle; or null: no policy at all. */
  readonly policy?: 'shipped' | PolicyBundle | null
  /** Runs extensions also where the operating system denies nothing. */
  readonly weakIsolation?: boolean
}

/**
 * Extensions run on their author's machine as the service runs them: the same admission and metering, the same slots behind
 * the same wall, the same policy on every call and host call. Only what lies behind the capabilities is fake.
 */
export class LocalStage {
  private readonly routes = new Routes()
  private readonly artifacts = new Map<string, Artifact>()
  private readonly pool: SlotPool

  private constructor(
    /** Null where nothing is decided. */
    readonly engine: PolicyEngine | null,
    wall: Awaited<ReturnType<typeof detectWall>>,
  ) {
    this.pool = new SlotPool({
      size: 2,
      spares: 1,
      wall: wall.kind,
      readArtifact: async ({ digest }) => this.artifacts.get(digest)!,
    })
  }

  /** Puts up the wall and loads the policy. Raises what those raise, and an error where there is no wall and that was not agreed to. */
  static async open({ policy = 'shipped', weakIsolation = false }: StageOptions = {}): Promise<LocalStage> {
    const wall = await detectWall()
    if (wall.strength !== 'namespaces' && !weakIsolation)
      throw new Error('This machine has no wall round extensions: install bubblewrap, or agree with --weak-isolation')
    const bundle = policy === 'shipped' ? await readShippedBundle() : policy
    return new LocalStage(bundle && (await loadPolicy(bundle)), wall)
  }

  /** Admits a component as publishing would. Raises `AdmissionError`. */
  async admit(manifest: Manifest, component: Uint8Array): Promise<Admitted> {
    const artifact = await admit(component, {
      maxMemoryPages: Math.min(manifest.limits.memory_mb, LIMITS.memory_mb.ceiling) * PAGES_A_MIB,
      capabilities: interfacesOf(manifest),
    })
    return this.take(manifest, artifact)
  }

  /** Takes an artifact that was admitted already. */
  take(manifest: Manifest, artifact: Artifact): Admitted {
    this.artifacts.set(artifact.digest, artifact)
    return { manifest, artifact }
  }

  /** Forgets an admitted extension that has been replaced. */
  forget({ artifact }: Admitted): void {
    this.artifacts.delete(artifact.digest)
  }

  /**
   * One call, decided, run and watched. Raises what the gateway does: `not_found`, `method_not_allowed`, `request.invalid`,
   * `request.too_large`.
   */
  async call(admitted: Admitted, request: LocalRequest, options: CallOptions = {}): Promise<LocalRun> {
    const surroundings = options.surroundings ?? Surroundings.parse({})
    const now = momentIn(surroundings)
    const executionId = randomUUID()
    const install = installOf(admitted.manifest, admitted.artifact.digest, surroundings)
    const { path, query } = targetOf(`${GATEWAY_PREFIX}${install.extension}${request.target}`)
    const { endpoint, params } = this.routes.match(install, request.method, path)
    const { headers = [], body = EMPTY } = request
    const cap = bodyCap(endpoint)
    if (body.length > cap) throw problem('request.too_large', { detail: `This endpoint takes at most ${cap} bytes` })
    const decision =
      this.engine &&
      decideLocally(this.engine, {
        gate: 'call',
        action: 'extension.invoke',
        facts: callFacts(install, endpoint, surroundings),
        now,
        id: executionId,
      })
    if (decision) options.onDecision?.(decision, path)
    if (decision && decision.outcome !== 'allow') return { ...NOTHING, executionId, endpoint, decision }
    const limits = effectiveLimits(admitted.manifest, endpoint, { wallMs: LIMITS.wall_ms.ceiling })
    const host = new LocalHost({
      ...{ executionId, install, surroundings, engine: this.engine, now },
      state: options.state ?? openState(surroundings),
      deadline: Date.now() + limits.wall_ms,
      onHostCall: options.onHostCall,
    })
    const given = streamsRequest(endpoint) ? EMPTY : body
    const guest = { method: request.method, path, params, query, headers, body: given }
    const bodies = endpoint.stream && new WholeBodies(endpoint.stream, streamLimits(admitted.manifest, endpoint), body)
    const fixed = fixedInputs(surroundings, now, options.recorded === true)
    const job = jobOf({ admitted, host, guest, limits, fixed, bodies })
    const ended = await this.pool.execute(job, host)
    const result = bodies ? bodies.inside(ended) : ended
    const { calls, events, invocation, network } = host
    const kept = { log: invocation.log.close(now), metrics: invocation.metrics.close() }
    return { executionId, endpoint, decision, job, result, calls, events, sent: network.sent, ...kept }
  }

  /** Ends every slot. */
  close(): Promise<void> {
    return this.pool.close()
  }
}

const EMPTY = new Uint8Array(0)
const NOTHING = { job: null, result: null, calls: [], log: [], metrics: [], events: [], sent: [] } as const

/** Time and randomness of a call, where the surroundings or a recording want them fixed. */
const fixedInputs = ({ now, seed }: Surroundings, nowMs: number, recorded: boolean): Job['fixed'] => {
  if (!recorded && now === undefined && seed === undefined) return undefined
  if (recorded && seed === undefined) return { nowMs, seed: randomBytes(32) }
  const digest = createHash('sha256')
    .update(seed ?? '')
    .digest()
  return { nowMs, seed: digest }
}

interface JobParts {
  readonly admitted: Admitted
  readonly host: LocalHost
  readonly guest: GuestRequest
  readonly limits: ReturnType<typeof effectiveLimits>
  readonly fixed: Job['fixed']
  readonly bodies: WholeBodies | undefined
}

const jobOf = ({ admitted, host, guest, limits, fixed, bodies }: JobParts): Job => {
  const { declared, granted } = host.invocation.target
  return {
    executionId: host.invocation.executionId,
    tenantId: LOCAL_TENANT,
    labels: { extension: admitted.manifest.id },
    artifact: { digest: admitted.artifact.digest, folder: '' },
    request: guest,
    limits: jobLimits(limits),
    deadline: host.invocation.deadline,
    printsToLog: [declared, granted].every((permissions) => permissions.includes('log:write')),
    ...(fixed && { fixed }),
    ...(bodies && { bodies }),
  }
}
