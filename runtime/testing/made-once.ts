import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import { admit } from '../admission/admit.js'
import { ADMISSION_FILE, readArtifact, type Artifact } from '../admission/artifact.js'
import { digestOf } from '../digest.js'
import { buildComponent, type BuildOptions } from '../toolchain/build-component.js'

type Files = ReadonlyMap<string, Uint8Array>

const COMPONENT_FILE = 'component.wasm'

/** A guest's component, built once for all specs of a run. */
export async function builtOnce(guest: BuildOptions): Promise<Uint8Array> {
  const make = async (): Promise<Files> => new Map([[COMPONENT_FILE, await buildComponent(guest)]])
  return (await madeOnce({ built: guest }, make)).get(COMPONENT_FILE)!
}

/** What admission makes of a guest, once for all specs of a run; those of admission itself admit for themselves. */
export async function admittedOnce(guest: BuildOptions, maxMemoryPages: number): Promise<Artifact> {
  const files = await madeOnce({ admitted: guest, maxMemoryPages }, async () => {
    const artifact = await admit(await builtOnce(guest), { maxMemoryPages })
    return artifact.files
  })
  return readArtifact(files, digestOf(files.get(ADMISSION_FILE)!))
}

/** Specs of one Jest run share a folder that is gone with it; whoever else asks gets it made each time. */
async function madeOnce(from: object, make: () => Promise<Files>): Promise<Files> {
  const run = process.env['GATEHOUSE_TEST_RUN']
  if (!run) return make()
  const all = join(run, 'made')
  const folder = join(all, digestOf(Buffer.from(canonicalize(from)!)).replace(':', '-'))
  if (!existsSync(folder)) {
    await mkdir(all, { recursive: true })
    const draft = await mkdtemp(join(all, 'draft-'))
    for (const [name, bytes] of await make()) await writeFile(join(draft, name), bytes)
    // Where another spec was faster, its folder is not empty and stays.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true }))
  }
  const names = await readdir(folder)
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)))
}
