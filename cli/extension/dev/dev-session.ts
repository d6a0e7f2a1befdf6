import { relative } from 'node:path'
import { loadPolicy } from '#engine/load.js'
import { readBundleFolder, readShippedBundle } from '#engine/bundle.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import type { Output } from '../../output.js'
import { DevRecords, type LocalDecision } from './dev-records.js'
import { callInWords, refusalInWords, resultInWords } from './dev-words.js'
import { readFixtures, type Fixture } from './fixtures.js'
import type { Served } from './front.js'
import { LiveBuild, type LiveVersion } from './live-build.js'
import { LocalExtension, type Called } from './local-extension.js'
import type { Wanted } from './local-facts.js'
import { LocalGate } from './local-gate.js'
import type { HostCallMade } from './local-host.js'
import { localPorts } from './local-ports.js'
import { SourcesWrong } from './script.js'

export interface DevOptions {
  readonly folder: string
  /** A bundle's folder; the shipped policy where absent. */
  readonly policy?: string | undefined
  readonly wanted: Wanted
  readonly output: Output
}

/** Calls that have begun go on with the version that they began with. */
const KEPT_ARTIFACTS = 4

const wordsOf = (error: unknown): string =>
  error instanceof SourcesWrong ? error.words : error instanceof Error ? error.message : String(error)

/** One `ext dev`: the last version that built is what answers, and everything that is decided is said. */
export class DevSession {
  private current: Promise<Served> | undefined
  private last: Served | undefined
  private around: { readonly text: string; readonly ports: ReturnType<typeof localPorts> } | undefined
  private readonly build: LiveBuild

  private constructor(
    private readonly options: DevOptions,
    private readonly parts: { gate: LocalGate; pool: SlotPool; records: DevRecords; artifacts: Map<string, Artifact> },
  ) {
    this.build = new LiveBuild(options.folder)
  }

  /** Loads policy, finds the wall and boots slots. Raises what loading policy raises. */
  static async begin(options: DevOptions): Promise<DevSession> {
    const { policy, folder } = options
    const gate = new LocalGate(await loadPolicy(await (policy ? readBundleFolder(policy) : readShippedBundle())))
    const { kind: wall } = await detectWall()
    const artifacts = new Map<string, Artifact>()
    const pool = new SlotPool({ size: 2, wall, readArtifact: async ({ digest }) => artifacts.get(digest)! })
    return new DevSession(options, { gate, pool, artifacts, records: await DevRecords.begin(folder) })
  }

  /** Builds what is there now. Requests wait for it; where it does not build, the version before it goes on answering. */
  async rebuild(): Promise<void> {
    const building = this.built()
    this.current = building
    await building.catch(() => undefined)
  }

  /** What answers now. Rejects where nothing has been built yet. */
  async served(): Promise<Served> {
    try {
      return await this.current!
    } catch (error) {
      if (this.last) return this.last
      throw error
    }
  }

  async close(): Promise<void> {
    await this.parts.pool.close()
  }

  private async built(): Promise<Served> {
    const begun = performance.now()
    try {
      const fixture = await readFixtures(this.options.folder)
      const version = await this.build.build()
      this.last = this.serving(version, fixture)
      const ms = Math.round(performance.now() - begun)
      const { how, artifact } = version
      this.say({ event: 'built', ms, how, artifact: artifact.digest }, `Built in ${ms} ms (${how})`)
      return this.last
    } catch (error) {
      const words = wordsOf(error)
      const rest = this.last ? 'the version before it goes on answering' : 'there is nothing that could answer yet'
      this.say({ event: 'broken', message: words }, `Not built; ${rest}:\n${words.replaceAll(/^/gm, '  ')}`)
      throw error
    }
  }

  private serving({ manifest, artifact }: LiveVersion, fixture: Fixture): Served {
    const { gate, pool, artifacts } = this.parts
    for (const digest of [...artifacts.keys()].slice(0, -KEPT_ARTIFACTS)) artifacts.delete(digest)
    artifacts.set(artifact.digest, artifact)
    const text = JSON.stringify(fixture)
    // What the extension stored stays there while only its sources change.
    if (this.around?.text !== text) this.around = { text, ports: localPorts(fixture) }
    const { wanted } = this.options
    const extension = new LocalExtension({
      ...{ manifest, digest: artifact.digest, fixture, wanted, ports: this.around.ports, gate, pool },
      onDecision: (decision, { method, path }) => {
        const refused = decision.outcome === 'allow' ? [] : refusalInWords(decision, manifest)
        const head = `${method} ${path}  ${decision.outcome.toUpperCase()} ${decision.id}`
        this.say({ event: 'call', method, path, decision: shown(decision) }, [head, ...refused].join('\n'))
      },
      onCall: (made) => this.say(callEvent(made), callInWords(made, manifest)),
    })
    return {
      ...{ id: manifest.id, requests: fixture.requests },
      call: async (request) => this.kept(await extension.call(request)),
    }
  }

  private async kept(called: Called): Promise<Called> {
    const decisions = [called.decision, ...called.calls.flatMap(({ decision }) => decision ?? [])]
    const path = await this.parts.records.keep(decisions, called.recording)
    const { result } = called
    if (!result) return called
    const { outcome, usage, error } = result
    const recording = path === null ? null : relative('', path)
    const event = {
      event: 'result',
      outcome,
      status: result.response?.status ?? null,
      error: error ?? null,
      ...usage,
      recording,
    }
    this.say(event, resultInWords(result, recording))
    return called
  }

  private say(event: object, words: string): void {
    this.options.output.result(event, () => words)
  }
}

const shown = ({ id, outcome, reasons }: LocalDecision) => ({ id, outcome, reasons })
const callEvent = ({ name, decision, failure }: HostCallMade) => ({
  ...{ event: 'host_call', name, failure },
  decision: decision && shown(decision),
})
