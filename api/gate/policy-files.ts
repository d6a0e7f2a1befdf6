import { randomUUID } from 'node:crypto'
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE_FILES, readBundleFolder, shippedBundleFolder } from '#engine/bundle.js'
import { loadPolicy } from '#engine/load.js'
import type { Policy, PolicySource } from './policy-set.service.js'
import { verifyPolicySignature } from './policy-signature.js'

/** Where policies lie on disk. */
export interface PolicyFolders {
  /** A bundle to use in place of the one that ships; it must be signed. */
  readonly custom: { readonly folder: string; readonly trustFile: string } | null
  /** Where every bundle that ever decided is kept, so that its decisions can be replayed. */
  readonly archive: string
}

/** Policy bundles in folders: the one to decide by, and those of the past by their revision. */
export class PolicyFiles implements PolicySource {
  constructor(private readonly folders: PolicyFolders) {}

  /** Reads, verifies and archives the bundle to decide by. Rejects where it, or its signature, is not what it should be. */
  async active(): Promise<Policy> {
    const { custom } = this.folders
    const folder = custom?.folder ?? shippedBundleFolder()
    const manifest = custom ? await verifyPolicySignature(custom) : undefined
    const bundle = await readBundleFolder(folder, manifest)
    await this.keep(folder, bundle.revision)
    return loadPolicy(bundle)
  }

  /** Null where no bundle of this revision was kept. Rejects where its files are no longer those of the revision. */
  async past(revision: string): Promise<Policy | null> {
    const folder = this.folderOf(revision)
    if (!(await exists(folder))) return null
    const bundle = await readBundleFolder(folder)
    if (bundle.revision !== revision) throw new Error(`the archived policy ${revision} is another one`)
    return loadPolicy(bundle)
  }

  private folderOf(revision: string): string {
    return join(this.folders.archive, revision.replace(':', '-'))
  }

  /** Copies a bundle beside its final place and moves it there whole, so that a crash leaves no half of one. */
  private async keep(folder: string, revision: string): Promise<void> {
    const target = this.folderOf(revision)
    if (await exists(target)) return
    const partial = `${target}.${randomUUID()}`
    await mkdir(partial, { recursive: true })
    for (const name of Object.values(BUNDLE_FILES)) await cp(join(folder, name), join(partial, name))
    await rename(partial, target).catch(async (error: unknown) => {
      await rm(partial, { recursive: true, force: true })
      if (!(await exists(target))) throw error
    })
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
