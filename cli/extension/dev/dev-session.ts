import { relative } from 'node:path'
import type { Manifest } from '#contract/manifest/index.js'
import { readBundleFolder } from '#engine/bundle.js'
import type { Output } from '../../output.js'
import { UsageError } from '../../usage-error.js'
import type { LocalDecision } from '../local/gate.js'
import { openState, type HostCall, type LocalState } from '../local/host.js'
import { LocalStage, type Admitted, type LocalRun } from '../local/stage.js'
import { LocalCaller, type Surroundings } from '#sdk/test-kit/surroundings.schema.js'
import { SourcesWrong } from '../sources-wrong.js'
import { DevRecords, recordsOf } from './dev-records.js'
import { callInWords, refusalInWords, resultInWords } from './dev-words.js'
import { readFixtures, type Fixture } from './fixtures.js'
import type { Served } from './front.js'
import { LiveBuild, type LiveVersion } from './live-build.js'

/** What an author says about the caller and the grant, on top of the fixtures. */
export interface Wanted {
  readonly roles?: readonly string[]
  readonly scopes?: readonly string[]
  /** Permissions that no admin granted. */
  readonly without?: readonly string[]
}

export interface DevOptions {
  readonly folder: string
  /** A bundle's folder; the shipped policy where absent. */
  readonly policy?: string | undefined
  readonly wanted: Wanted
  readonly output: Output
}

/** Calls that have begun go on with the version that they began with. */
const KEPT_VERSIONS = 4

const wordsOf = (error: unknown): string =>
  error instanceof SourcesWrong ? error.words : error instanceof Error ? error.message : String(error)

/** Raises `UsageError` where a role or scope is none. */
const callerOf = ({ caller }: Fixture, { roles, scopes }: Wanted): LocalCaller => {
  const parsed = LocalCaller.safeParse({ ...caller, ...(roles && { roles }), ...(scopes && { scopes }) })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(`--${issue?.path[0] === 'roles' ? 'role' : 'scope'}: ${issue?.message}`)
}

const surroundingsOf = (fixture: Fixture, wanted: Wanted, { permissions }: Manifest): Surroundings => ({
  ...fixture,
  caller: callerOf(fixture, wanted),
  granted: (fixture.granted ?? permissions).filter(
    (permission) => permissions.includes(permission) && !wanted.without?.includes(permission),
  ),
})

/** One `ext dev`: the last version that built is what answers, and everything that is decided is said. */
export class DevSession {
  private current: Promise<Served> | undefined
  private last: Served | undefined
  private around: { readonly text: string; readonly state: LocalState } | undefined
  /** The last that were built, by digest, the newest last. */
  private readonly versions = new Map<string, Admitted>()
  private readonly build: LiveBuild

  private constructor(
    private readonly options: DevOptions,
    private readonly stage: LocalStage,
    private readonly records: DevRecords,
  ) {
    this.build = new LiveBuild(options.folder)
  }

  /** Loads policy, finds the wall and boots slots. Raises what loading policy raises. */
  static async begin(options: DevOptions): Promise<DevSession> {
    const policy = options.policy === undefined ? 'shipped' : await readBundleFolder(options.policy)
    const stage = await LocalStage.open({ policy, weakIsolation: true })
    return new DevSession(options, stage, await DevRecords.begin(options.folder))
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
    await this.stage.close()
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
    const surroundings = surroundingsOf(fixture, this.options.wanted, manifest)
    const text = JSON.stringify(fixture)
    // What the extension stored stays there while only its sources change.
    if (this.around?.text !== text) this.around = { text, state: openState(surroundings) }
    const { state } = this.around
    const admitted = this.keepVersion(this.stage.take(manifest, artifact))
    const onHostCall = (call: HostCall) => this.say(callEvent(call), callInWords(call, manifest))
    return {
      ...{ id: manifest.id, requests: fixture.requests },
      call: async (request) => {
        const onDecision = (decision: LocalDecision, path: string) => {
          const refused = decision.outcome === 'allow' ? [] : refusalInWords(decision, manifest)
          const head = `${request.method} ${path}  ${decision.outcome.toUpperCase()} ${decision.id}`
          const event = { event: 'call', method: request.method, path, decision: shown(decision) }
          this.say(event, [head, ...refused].join('\n'))
        }
        const options = { surroundings, state, recorded: true, onDecision, onHostCall }
        return this.kept(await this.stage.call(admitted, request, options))
      },
    }
  }

  private keepVersion(admitted: Admitted): Admitted {
    const { digest } = admitted.artifact
    this.versions.delete(digest)
    this.versions.set(digest, admitted)
    for (const [old, version] of [...this.versions].slice(0, -KEPT_VERSIONS)) {
      this.versions.delete(old)
      this.stage.forget(version)
    }
    return admitted
  }

  private async kept(run: LocalRun): Promise<LocalRun> {
    const { decisions, recording: recorded } = recordsOf(run)
    const path = await this.records.keep(decisions, recorded)
    const { result } = run
    if (!result) return run
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
    return run
  }

  private say(event: object, words: string): void {
    this.options.output.result(event, () => words)
  }
}

const shown = ({ id, outcome, reasons }: LocalDecision) => ({ id, outcome, reasons })
const callEvent = ({ name, decision, answer }: HostCall) => ({
  ...{ event: 'host_call', name, failure: 'error' in answer ? answer.error : null },
  decision: decision && shown(decision),
})
