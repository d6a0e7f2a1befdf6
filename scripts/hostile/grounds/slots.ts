import { setTimeout as delay } from 'node:timers/promises'
import { admit } from '#runtime/admission/admit.js'
import { artifactOf, type Artifact } from '#runtime/admission/artifact.js'
import { detectWall } from '#runtime/launcher/probe.js'
import type { BodyPort } from '#runtime/slots/body-port.js'
import type { ExecutionResult, Job, JobLimits } from '#runtime/slots/job.js'
import { RuntimeRefusal } from '#runtime/errors.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { PoolRefusal } from '#runtime/slots/slots.js'
import { COUNTING_WAT } from '#runtime/testing/guests.js'
import { HostFake, jobFor, LIMITS, requestTo } from '#runtime/testing/slot-fixture.js'
import { buildComponent, type ComponentSource } from '#runtime/toolchain/build-component.js'
import type { Observed } from '../case.js'
import { slotsOnRunner, type SlotsPlace } from './remote-slots.js'

const MAX_MEMORY_PAGES = 1024
const AGAIN_MS = 200
/** Little, so that each case is short. */
const SMALL: JobLimits = { ...LIMITS, fuel: 50_000_000, wall_ms: 5000, memory_bytes: 32 << 20 }
/** As long as "gatehouse:memory", by which a slot finds what it has to put back. */
const LOST = 'gatehouse:memorx'

interface Run {
  readonly path?: string
  readonly body?: string
  readonly limits?: Partial<JobLimits>
  readonly tenant?: string
  /** Where bodies go piece by piece. */
  readonly bodies?: BodyPort
}

/** What a run is judged by. */
export type Escapes = (result: ExecutionResult, host: HostFake) => boolean

/** A run that answers has not been stopped. */
const answered: Escapes = ({ outcome }) => outcome === 'ok'

/** Real slots behind the strongest wall, and guests that are built and admitted as the registry would. */
export class SlotGround {
  private readonly artifacts = new Map<string, Promise<Artifact>>()

  private constructor(
    private readonly place: SlotsPlace,
    /** Those that were built, which is where slots find them. */
    private readonly built: Artifact[],
    private readonly forgetful: boolean,
  ) {}

  /** `forgetful`: with the means taken away by which a slot puts an instance back. `runners`: the slots are another process's. */
  static async lay({ forgetful = false, runners = false } = {}): Promise<SlotGround> {
    const built: Artifact[] = []
    if (runners) return new SlotGround(await slotsOnRunner(built), built, forgetful)
    const { kind: wall } = await detectWall()
    const readArtifact = async (wanted: { digest: string }) => built.find(({ digest }) => digest === wanted.digest)!
    const slots = new SlotPool({ size: 2, wall, readArtifact })
    return new SlotGround({ slots, ready: async () => undefined, close: () => slots.close() }, built, forgetful)
  }

  close(): Promise<void> {
    return this.place.close()
  }

  /** Runs a guest once, and sees whether its slot's neighbours are well afterwards. */
  async run(
    guest: { readonly source: ComponentSource; readonly capabilities?: readonly string[] },
    run: Run = {},
    escapes: Escapes = answered,
  ): Promise<Observed> {
    const host = new HostFake()
    try {
      const result = await this.execute(guest, run, host)
      const well = await this.isWell()
      const { outcome: code, error } = result
      return {
        code,
        escaped: escapes(result, host) || isPolluted() || !well,
        seen: { error, well, text: textOf(result) },
      }
    } catch (error) {
      if (error instanceof RuntimeRefusal) return { code: error.code, escaped: false, seen: error.message }
      throw error
    }
  }

  /** One invocation. */
  async execute(
    { source, capabilities = [] }: { readonly source: ComponentSource; readonly capabilities?: readonly string[] },
    { path = '/', body = '', limits, tenant = 'acme', bodies }: Run,
    host = new HostFake(),
  ): Promise<ExecutionResult> {
    const key = JSON.stringify(source)
    const artifact = await this.artifact(key, source, [...capabilities])
    const changes: Partial<Job> = {
      artifact: { digest: artifact.digest, folder: key },
      tenantId: tenant,
      request: requestTo(path, body),
      limits: { ...SMALL, ...limits },
      ...(bodies && { bodies }),
    }
    return this.placed(() => this.place.slots.execute(jobFor(artifact, path, changes), host))
  }

  /** What is refused for now, before it ran, is sent again, as callers do who are told to retry. */
  private async placed(execute: () => Promise<ExecutionResult>, tries = 50): Promise<ExecutionResult> {
    await this.place.ready()
    try {
      return await execute()
    } catch (error) {
      if (!(error instanceof PoolRefusal) || tries === 0) throw error
      await delay(AGAIN_MS)
      return this.placed(execute, tries - 1)
    }
  }

  private async isWell(): Promise<boolean> {
    const { outcome } = await this.execute({ source: { wat: COUNTING_WAT } }, {})
    return outcome === 'ok'
  }

  private artifact(key: string, source: ComponentSource, capabilities: string[]): Promise<Artifact> {
    const found = this.artifacts.get(key)
    if (found !== undefined) return found
    const made = buildComponent({ source, capabilities })
      .then((component) => admit(component, { maxMemoryPages: MAX_MEMORY_PAGES, capabilities }))
      .then((artifact) => (this.forgetful ? withoutRecycling(artifact) : artifact))
      .then((artifact) => {
        this.built.push(artifact)
        return artifact
      })
    this.artifacts.set(key, made)
    return made
  }
}

export const textOf = ({ response }: ExecutionResult): string =>
  response === undefined ? '' : Buffer.from(response.body).toString('latin1').slice(0, 200)

/** Whether something that a guest answered changed what every object of this process has. */
export const isPolluted = (): boolean => 'polluted' in {} || Object.keys(Object.prototype).length > 0

/** The same artifact, of which a slot finds neither globals nor memory, and so puts nothing back. */
const withoutRecycling = ({ record, files }: Artifact): Artifact => {
  const cores = record.cores.map((core) => ({ ...core, state_globals: [] }))
  const lost = [...files].map(([name, bytes]) => {
    const copy = Buffer.from(bytes)
    for (let at = copy.indexOf('gatehouse:memory'); at !== -1; at = copy.indexOf('gatehouse:memory'))
      copy.write(LOST, at)
    return [name, name.endsWith('.wasm') ? copy : bytes] as const
  })
  return artifactOf({ ...record, cores }, new Map<string, Uint8Array>(lost))
}
