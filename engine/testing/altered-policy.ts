import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildBundle } from '../author/build.js'
import type { Opa } from '../author/opa.js'
import { BUNDLE_FILES, shippedBundleFolder, type BundleFiles } from '../bundle.js'

/** The files of the bundle that ships with the product. */
export async function shippedFiles(): Promise<BundleFiles> {
  const names = Object.entries(BUNDLE_FILES)
  const bytes = await Promise.all(names.map(([, name]) => readFile(join(shippedBundleFolder(), name))))
  return Object.fromEntries(names.map(([part], index) => [part, new Uint8Array(bytes[index]!)])) as BundleFiles
}

/** A text of one source, relative to `policies/`, and what stands there instead. */
export interface Edit {
  readonly file: string
  readonly from: string
  readonly to: string
}

/** The shipped policy with its sources edited, compiled elsewhere. Fails where a text to be replaced is not there. */
export async function alteredPolicy(tool: Opa, edits: readonly Edit[]): Promise<BundleFiles> {
  const root = await mkdtemp(join(tmpdir(), 'gatehouse-altered-'))
  try {
    await cp(dirname(shippedBundleFolder()), root, { recursive: true })
    for (const { file, from, to } of edits) {
      const source = await readFile(join(root, file), 'utf8')
      if (!source.includes(from)) throw new Error(`${file} does not contain ${from}`)
      await writeFile(join(root, file), source.replace(from, to))
    }
    return await buildBundle(tool, root)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
