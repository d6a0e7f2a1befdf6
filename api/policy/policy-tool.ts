import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findRegal, Opa } from '#engine/author/index.js'
import { problem } from '#contract/problems.js'
import { packageRoot } from '#runtime/package-root.js'
import type { ToolWall } from '#runtime/launcher/run-tool.js'

interface FindOpa {
  findOpa(options: { progress: (line: string) => void }): Promise<string>
}

/** Where a Regal is looked for: what was asked for, else on a search path. */
interface RegalPlaces {
  readonly asked: string | undefined
  readonly searchPath: string
}

/** The pinned `opa` behind this machine's wall; looked for when it is first asked for, since deciding needs none. */
export class PolicyTool {
  private found: Promise<string> | undefined

  constructor(
    private readonly wall: ToolWall,
    private readonly places: RegalPlaces = { asked: undefined, searchPath: '' },
  ) {}

  /** Path of a Regal; undefined where there is none, and its stage says so. */
  regal(): Promise<string | undefined> {
    return findRegal(this.places.asked, this.places.searchPath)
  }

  /** Raises `policy.tool_missing`, with all the places that were looked at. */
  async open(): Promise<Opa> {
    this.found ??= this.find()
    try {
      return new Opa(await this.found, this.wall)
    } catch (error) {
      this.found = undefined
      throw problem('policy.tool_missing', { detail: (error as Error).message, cause: error })
    }
  }

  private async find(): Promise<string> {
    const script = pathToFileURL(join(packageRoot(), 'scripts/find-opa.mjs')).href
    const { findOpa } = (await import(script)) as FindOpa
    return findOpa({ progress: () => undefined })
  }
}
