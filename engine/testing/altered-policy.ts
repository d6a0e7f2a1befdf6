import { dirname } from 'node:path'
import { buildBundle } from '../author/build.js'
import type { Opa } from '../author/opa.js'
import { readPolicyFolder } from '../author/policy-files.js'
import { readBundleFiles, shippedBundleFolder, type BundleFiles } from '../bundle.js'

/** The files of the bundle that ships with the product. */
export const shippedFiles = (): Promise<BundleFiles> => readBundleFiles(shippedBundleFolder())

/** A text of one source, relative to `policies/`, and what stands there instead. */
export interface Edit {
  readonly file: string
  readonly from: string
  readonly to: string
}

/** The shipped policy with its sources edited, compiled elsewhere. Fails where a text to be replaced is not there. */
export async function alteredPolicy(tool: Opa, edits: readonly Edit[]): Promise<BundleFiles> {
  const files = new Map(await readPolicyFolder(dirname(shippedBundleFolder())))
  for (const { file, from, to } of edits) {
    const source = Buffer.from(files.get(file) ?? '').toString()
    if (!source.includes(from)) throw new Error(`${file} does not contain ${from}`)
    files.set(file, Buffer.from(source.replace(from, to)))
  }
  return buildBundle(tool, files)
}
