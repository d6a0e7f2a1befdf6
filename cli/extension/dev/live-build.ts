import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LIMITS } from '#contract/manifest/limits.js'
import type { Manifest } from '#contract/manifest/index.js'
import { admit } from '#runtime/admission/admit.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import { ScriptBuild, ScriptFailed, ScriptNeedsBuild } from '#runtime/toolchain/script-build.js'
import { buildExtension, interfacesOf, readManifest } from '../build.js'
import { handlerIn } from '../languages/index.js'
import { SCRIPT } from '../languages/script.js'
import { bundleScript } from './script.js'

const MAX_MEMORY_PAGES = LIMITS.memory_mb.ceiling * 16

/** An extension as its sources have it now. */
export interface LiveVersion {
  readonly manifest: Manifest
  readonly artifact: Artifact
  /** `script`: the engine was at hand, and only the script is new. */
  readonly how: 'script' | 'whole'
}

/** Builds an extension again and again; what does not change with a script is prepared once. */
export class LiveBuild {
  private prepared: { readonly key: string; readonly build: Promise<ScriptBuild> } | undefined

  constructor(private readonly folder: string) {}

  /** Builds what is there. Raises `UsageError`, `SourcesWrong` and `AdmissionError`. */
  async build(): Promise<LiveVersion> {
    const { manifest } = await readManifest(this.folder)
    const { entry, language } = handlerIn(this.folder)
    const artifact = language === SCRIPT ? await this.script(entry, manifest) : undefined
    if (artifact) return { manifest, artifact, how: 'script' }
    return { manifest, artifact: await this.whole(manifest), how: 'whole' }
  }

  private async script(entry: string, manifest: Manifest): Promise<Artifact | undefined> {
    const script = await bundleScript(entry, this.folder)
    const engine = await this.engine(interfacesOf(manifest))
    try {
      return engine.build(script.code)
    } catch (error) {
      if (error instanceof ScriptNeedsBuild) return undefined
      throw error instanceof ScriptFailed ? script.placed(error) : error
    }
  }

  private engine(capabilities: readonly string[]): Promise<ScriptBuild> {
    const key = capabilities.toSorted().join(' ')
    if (this.prepared?.key !== key) {
      const build = ScriptBuild.prepare({ capabilities, maxMemoryPages: MAX_MEMORY_PAGES })
      this.prepared = { key, build }
      build.catch(() => (this.prepared = undefined))
    }
    return this.prepared!.build
  }

  private async whole(manifest: Manifest): Promise<Artifact> {
    await buildExtension(this.folder)
    const component = await readFile(join(this.folder, manifest.runtime.entry ?? 'component.wasm'))
    return admit(component, { maxMemoryPages: MAX_MEMORY_PAGES, capabilities: interfacesOf(manifest) })
  }
}
