import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  assembleBundle,
  BUNDLE_FILES,
  readBundleFiles,
  shippedBundleFolder,
  SIGNATURE_FILE,
  type BundleFiles,
} from '#engine/bundle.js'
import { PolicyLoadError } from '#engine/errors.js'
import { loadPolicy } from '#engine/load.js'
import type { Policy, PolicySource } from './policy-set.service.js'
import { readTrustedKeys, verifyPolicySignature } from './policy-signature.js'

/** Where policies lie on disk. */
export interface PolicyFolders {
  /** A bundle to use in place of whatever is activated; it must be signed. */
  readonly custom: { readonly folder: string; readonly trustFile: string } | null
  /** Where every bundle that ever decided is kept, so that its decisions can be replayed. */
  readonly archive: string
}

/** Where sealed revisions are found that this disk does not have yet. Their signatures are verified there. */
export interface SealedPolicies {
  /** Revision that was put in force last; null while it is the one that ships. */
  inForce(): Promise<string | null>
  /** Files of a sealed revision, or else the newest of this module and data; null where none was sealed. Rejects where they, or their signature, are not what they should be. */
  read(revision: string): Promise<BundleFiles | null>
}

/** Policy bundles by their revision: the one to decide by, and all others that were ever sealed or shipped. */
export class PolicyFiles implements PolicySource {
  constructor(
    private readonly folders: PolicyFolders,
    private readonly sealed: SealedPolicies,
  ) {}

  /** The operator has named a bundle: this instance follows no activation. */
  get pinned(): boolean {
    return this.folders.custom !== null
  }

  /** The bundle to decide by. Rejects where it, or its signature, is not what it should be. */
  async active(): Promise<Policy> {
    const { custom } = this.folders
    if (custom) return loadPolicy(await this.keep(await verifiedFolder(custom), 'revision'))
    const shipped = readBundleFiles(shippedBundleFolder()).then((files) => this.keep(files))
    const revision = await this.sealed.inForce()
    if (revision === null) return loadPolicy(await shipped)
    // It is archived even where another decides, since one can go back to it; where it is broken, that is no matter now.
    await shipped.catch(() => undefined)
    const policy = await this.past(revision)
    if (policy === null) throw new PolicyLoadError(`the activated policy ${revision} is not kept here`)
    return policy
  }

  /** Null where no bundle of this revision was kept. Rejects where its files are no longer those of the revision. */
  async past(revision: string): Promise<Policy | null> {
    const files = await this.files(revision)
    return files && loadPolicy(await this.keep(files))
  }

  /** The files of a revision, from this disk or from where it was sealed; null and rejects as `past` does. */
  async files(revision: string): Promise<BundleFiles | null> {
    const folder = this.folderOf(revision)
    const files = (await exists(folder)) ? await readBundleFiles(folder) : await this.sealed.read(revision)
    if (!files) return null
    const bundle = assembleBundle(files)
    if (bundle.sealedAs !== revision && bundle.revision !== revision)
      throw new PolicyLoadError(`the archived policy ${revision} is another one`)
    return files
  }

  private folderOf(revision: string): string {
    return join(this.folders.archive, revision.replace(':', '-'))
  }

  /**
   * Writes a bundle beside its final place and moves it there whole, so that a crash leaves no half of one. What did not
   * come from the platform's own seals is kept by module and data: the name that it gives itself is nothing to go by.
   */
  private async keep(files: BundleFiles, by: 'sealedAs' | 'revision' = 'sealedAs') {
    const bundle = assembleBundle(files)
    const target = this.folderOf(bundle[by])
    if (await exists(target)) return bundle
    const partial = `${target}.${randomUUID()}`
    await mkdir(partial, { recursive: true })
    for (const [part, name] of Object.entries(BUNDLE_FILES))
      await writeFile(join(partial, name), files[part as keyof BundleFiles])
    await rename(partial, target).catch(async (error: unknown) => {
      await rm(partial, { recursive: true, force: true })
      if (!(await exists(target))) throw error
    })
    return bundle
  }
}

/** A bundle whose manifest a trusted key signed. */
const verifiedFolder = async ({ folder, trustFile }: { folder: string; trustFile: string }): Promise<BundleFiles> => {
  const [files, signature, trust] = await Promise.all([
    readBundleFiles(folder),
    readPart(join(folder, SIGNATURE_FILE)),
    readPart(trustFile),
  ])
  verifyPolicySignature({ manifest: files.manifest, signature, trusted: readTrustedKeys(trust) })
  return files
}

const readPart = (path: string): Promise<Buffer> =>
  readFile(path).catch((error: Error) => {
    throw new PolicyLoadError(`${path} cannot be read: ${error.message}`)
  })

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
