import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openOpa, type Opa } from '#engine/author/index.js'
import { packageRoot } from '#runtime/package-root.js'
import type { Output } from './output.js'

interface FindOpa {
  findOpa(options: { progress: (line: string) => void }): Promise<string>
}

/** Lets Rego be worked on where the operating system walls nothing in. */
export interface WallFlags {
  readonly weakIsolation?: boolean
}

/** The pinned `opa`, found as the scripts find it, behind the strongest wall of this machine. */
export async function policyTool(output: Output, { weakIsolation = false }: WallFlags): Promise<Opa> {
  const script = pathToFileURL(join(packageRoot(), 'scripts/find-opa.mjs')).href
  const { findOpa } = (await import(script)) as FindOpa
  return openOpa(await findOpa({ progress: (line) => output.note(line) }), { weakIsolation })
}
