import type { Artifact } from '../admission/artifact.js'
import type { GuestRequest, HostAnswer, HostPort, Job, JobLimits } from '../slots/job.js'
import type { ComponentSource } from '../toolchain/build-component.js'
import { admittedOnce } from './made-once.js'

/** Limits that no well-behaved guest of a spec meets. */
export const LIMITS: JobLimits = {
  fuel: 500_000_000,
  memory_bytes: 64 << 20,
  wall_ms: 60_000,
  host_calls: 20,
  output_bytes: 1 << 20,
}

/** Builds and admits a guest. */
export async function artifactOfSource(source: ComponentSource, capabilities: string[] = []): Promise<Artifact> {
  return admittedOnce({ source, capabilities }, 1024)
}

/** A GET of a path, with text as its body. */
export function requestTo(path: string, body = ''): GuestRequest {
  return { method: 'GET', path, params: [], query: [], headers: [], body: Buffer.from(body) }
}

let executions = 0

/** A job for a path; whatever is given replaces the defaults. */
export function jobFor(artifact: Artifact, path: string, changes: Partial<Job> & { limits?: JobLimits } = {}): Job {
  return {
    executionId: `execution-${(executions += 1)}`,
    tenantId: 'acme',
    artifact: { digest: artifact.digest, folder: '' },
    request: requestTo(path),
    limits: LIMITS,
    deadline: Date.now() + 120_000,
    labels: { extension: 'com.example.guest' },
    ...changes,
  }
}

/** Host capabilities over a map; `never` is not answered and `forbidden` is refused. Keeps what was posted. */
export class HostFake implements HostPort {
  readonly store = new Map<string, Uint8Array>()
  readonly posted: [name: string, args: Readonly<Record<string, unknown>>][] = []
  readonly asked: string[] = []
  onCall: (name: string) => void = () => undefined

  async call(name: string, args: Readonly<Record<string, unknown>>): Promise<HostAnswer> {
    this.asked.push(name)
    this.onCall(name)
    const key = String(args['key'])
    if (key === 'never') return new Promise(() => undefined)
    if (key === 'forbidden')
      return { error: { code: 'capability.undeclared', message: 'not yours', decision_id: 'decision-1' } }
    if (name === 'kv.set') this.store.set(key, args['value'] as Uint8Array)
    return { ok: name === 'kv.get' ? (this.store.get(key) ?? null) : null }
  }

  post(name: string, args: Readonly<Record<string, unknown>>): void {
    this.posted.push([name, { ...args }])
  }
}
