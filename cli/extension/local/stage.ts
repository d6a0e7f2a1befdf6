import { createHash } from 'node:crypto'
import { effectiveLimits } from '#contract/manifest/effective-limits.rules.js'
import { LIMITS, type ExtensionEndpoint, type Manifest } from '#contract/manifest/index.js'
import { Routes } from '#contract/manifest/routes.js'
import { capabilitiesOf } from '#contract/permissions.js'
import { readShippedBundle, type PolicyBundle } from '#engine/bundle.js'
import { loadPolicy, type PolicyEngine } from '#engine/load.js'
import { admit } from '#runtime/admission/admit.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import type { LoggedLine } from '#runtime/host-calls/log.rules.js'
import type { Series } from '#runtime/host-calls/metrics.rules.js'
import type { Publication } from '#runtime/host-calls/ports.js'
import { detectWall } from '#runtime/launcher/probe.js'
import type { ExecutionResult, GuestRequest, Job } from '#runtime/slots/job.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import type { SentRequest } from './fake-network.js'
import { decideLocally, type LocalDecision } from './gate.js'
import { LocalHost, openState, type HostCall, type LocalState } from './host.js'
import { callFacts, installOf, LOCAL_TENANT } from './install.js'
import { Surroundings } from './surroundings.schema.js'

const MIB = 1024 * 1024
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

/** What a call came to. `result` is null where policy did not allow it. */
export interface LocalRun {
  readonly endpoint: ExtensionEndpoint
  readonly decision: LocalDecision | null
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
      capabilities: capabilitiesOf(manifest.permissions),
    })
    this.artifacts.set(artifact.digest, artifact)
    return { manifest, artifact }
  }

  /** Forgets an admitted extension that has been replaced. */
  forget({ artifact }: Admitted): void {
    this.artifacts.delete(artifact.digest)
  }

  /** One call, decided, run and watched. Raises `not_found` and `method_not_allowed` as the gateway does. */
  async call(admitted: Admitted, request: LocalRequest, options: CallOptions = {}): Promise<LocalRun> {
    const surroundings = options.surroundings ?? Surroundings.parse({})
    const now = surroundings.now === undefined ? Date.now() : Date.parse(surroundings.now)
    const install = installOf(admitted.manifest, admitted.artifact.digest, surroundings)
    const [path, query] = splitTarget(request.target)
    const { endpoint, params } = this.routes.match(install, request.method, path)
    const decision =
      this.engine &&
      decideLocally(this.engine, {
        gate: 'call',
        action: 'extension.invoke',
        facts: callFacts(install, endpoint, surroundings),
        now,
      })
    if (decision && decision.outcome !== 'allow') return { ...NOTHING, endpoint, decision }
    const limits = effectiveLimits(admitted.manifest, endpoint, { wallMs: LIMITS.wall_ms.ceiling })
    const host = new LocalHost({
      ...{ install, surroundings, engine: this.engine, now },
      state: options.state ?? openState(surroundings, () => now),
      deadline: Date.now() + limits.wall_ms,
      onHostCall: options.onHostCall,
    })
    const guest = {
      method: request.method,
      path,
      params,
      query,
      headers: request.headers ?? [],
      body: request.body ?? EMPTY,
    }
    const job = jobOf({ admitted, host, guest, limits, surroundings, now })
    const result = await this.pool.execute(job, host)
    const { calls, events, invocation, network } = host
    const kept = { log: invocation.log.close(now), metrics: invocation.metrics.close() }
    return { endpoint, decision, result, calls, events, sent: network.sent, ...kept }
  }

  /** Ends every slot. */
  close(): Promise<void> {
    return this.pool.close()
  }
}

const EMPTY = new Uint8Array(0)
const NOTHING = { result: null, calls: [], log: [], metrics: [], events: [], sent: [] } as const

const splitTarget = (target: string): [path: string, query: [string, string][]] => {
  const mark = target.indexOf('?')
  return mark === -1 ? [target, []] : [target.slice(0, mark), [...new URLSearchParams(target.slice(mark + 1))]]
}

interface JobParts {
  readonly admitted: Admitted
  readonly host: LocalHost
  readonly guest: GuestRequest
  readonly limits: ReturnType<typeof effectiveLimits>
  readonly surroundings: Surroundings
  readonly now: number
}

const jobOf = ({ admitted, host, guest, limits, surroundings, now }: JobParts): Job => {
  const { declared, granted } = host.invocation.target
  const { seed } = surroundings
  const fixed = seed !== undefined || surroundings.now !== undefined
  return {
    executionId: host.invocation.executionId,
    tenantId: LOCAL_TENANT,
    labels: { extension: admitted.manifest.id },
    artifact: { digest: admitted.artifact.digest, folder: '' },
    request: guest,
    limits: {
      fuel: limits.fuel,
      memory_bytes: limits.memory_mb * MIB,
      wall_ms: limits.wall_ms,
      output_bytes: limits.output_bytes,
      host_calls: limits.host_calls,
    },
    deadline: host.invocation.deadline,
    printsToLog: [declared, granted].every((permissions) => permissions.includes('log:write')),
    ...(fixed && {
      fixed: {
        nowMs: now,
        seed: createHash('sha256')
          .update(seed ?? '')
          .digest(),
      },
    }),
  }
}
