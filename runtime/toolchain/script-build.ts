import { admit } from '../admission/admit.js'
import { artifactOf, type Artifact } from '../admission/artifact.js'
import { digestOf } from '../digest.js'
import { RuntimeRefusal } from '../errors.js'
import { buildComponent } from './build-component.js'
import { withMemory } from './memory-image.rules.js'
import { openArtifact, type CoreState, type OpenComponent } from './open-component.js'
import { loaderSource } from './script-loader.js'

/** A script that did not load: its own words, and the stack as the engine gives it. Code `script.failed`. */
export class ScriptFailed extends RuntimeRefusal {
  constructor(
    message: string,
    readonly scriptStack = '',
  ) {
    super('script.failed', message)
  }
}

/** A script that only a whole build can take. Code `script.needs_build`. */
export class ScriptNeedsBuild extends RuntimeRefusal {}

/** Lines that the engine counts before the script's first. */
export const LINES_BEFORE_SCRIPT = 2
/** For loading a script: a second or so, after which it is taken for one that never ends. */
const LOADING_FUEL = 1_000_000_000

interface Options {
  /** Host interfaces that the manifest declares. */
  readonly capabilities: readonly string[]
  readonly maxMemoryPages: number
}

/**
 * Builds scripts in a fraction of the time of a whole build: QuickJS is compiled, transpiled and metered once, and of each
 * script only the memory that it leaves behind once loaded is made part of the artifact, as the whole build's snapshot is.
 * Calls cost about the same fuel as of a whole build, not exactly.
 */
export class ScriptBuild {
  private constructor(
    private readonly base: Artifact,
    private readonly open: () => OpenComponent,
  ) {}

  /** Builds and admits the engine with these interfaces: seconds, once. Raises `AdmissionError`. */
  static async prepare({ capabilities, maxMemoryPages }: Options): Promise<ScriptBuild> {
    const component = await buildComponent({ source: { js: loaderSource(capabilities) }, capabilities })
    const base = await admit(component, { maxMemoryPages, capabilities })
    return new ScriptBuild(base, await openArtifact(base))
  }

  /**
   * The artifact of one CommonJS script that exports `handle`. The script's own start runs here, in an instance that is
   * metered as in a slot and reaches nothing. Raises `ScriptFailed` and `ScriptNeedsBuild`.
   */
  build(script: string): Artifact {
    const instance = this.open()
    const before = instance.state()
    loadInto(instance, script)
    const changed = instance.state().filter((core, at) => !sameState(core, before[at]!))
    const files = new Map(this.base.files)
    for (const core of changed) files.set(core.file, this.rewritten(core, before))
    return this.artifact(files, script)
  }

  private rewritten({ file, globals, memory }: CoreState, before: readonly CoreState[]): Uint8Array {
    const same = before.find((core) => core.file === file)!.globals.every((value, at) => value === globals[at])
    const wasm = same && memory ? withMemory(this.base.files.get(file)!, memory) : undefined
    if (!wasm) throw new ScriptNeedsBuild('script.needs_build', 'it changes more than memory while it is loaded')
    return wasm
  }

  private artifact(files: ReadonlyMap<string, Uint8Array>, script: string): Artifact {
    const { record } = this.base
    const described = record.files.map(({ path }) => {
      const bytes = files.get(path)!
      return { path, digest: digestOf(bytes), size_bytes: bytes.length }
    })
    return artifactOf({ ...record, component_digest: digestOf(Buffer.from(script)), files: described }, files)
  }
}

const sameState = (left: CoreState, right: CoreState): boolean =>
  left.globals.every((value, at) => value === right.globals[at]) &&
  Buffer.compare(left.memory ?? NOTHING, right.memory ?? NOTHING) === 0
const NOTHING = new Uint8Array(0)

const loadInto = (instance: OpenComponent, script: string): void => {
  const request = { method: 'LOAD', path: script, params: [], query: [], headers: [], body: NOTHING }
  const { status, headers } = answered(instance, () => instance.call(request, LOADING_FUEL))
  const said = new Map(headers)
  if (status !== 200) throw new ScriptFailed(said.get('message') ?? 'it does not load', said.get('stack'))
}

const answered = <T>(instance: OpenComponent, call: () => T): T => {
  try {
    return call()
  } catch (error) {
    if (instance.outOfFuel)
      throw new ScriptFailed('The module takes too long to load: is there a loop that never ends?')
    throw new ScriptFailed(error instanceof Error ? error.message : String(error))
  }
}
