import { PolicyLoadError } from '#engine/errors.js'
import { readPolicyFolder, type PolicyFiles } from '#engine/author/index.js'
import { readShippedBundle, shippedBundleFolder } from '#engine/bundle.js'
import { problem } from '#contract/problems.js'
import { dirname } from 'node:path'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { sourcesBehind, type SourceTree } from './revisions.repository.js'

/** Keeps files as blobs; what stands for them is their tree, sorted by path. */
export const storeSources = async (blobs: Pick<BlobStore, 'put'>, files: PolicyFiles): Promise<SourceTree> => {
  const paths = [...files.keys()].toSorted()
  const kept: Record<string, string> = {}
  // One after another: each put is synced to disk, and a policy has hundreds of files.
  for (const path of paths) kept[path] = (await blobs.put(files.get(path)!)).digest
  return kept
}

/** The files of a tree. */
export const readSources = async (blobs: Pick<BlobStore, 'read'>, tree: SourceTree): Promise<PolicyFiles> =>
  new Map(
    await Promise.all(Object.entries(tree).map(async ([path, digest]) => [path, await blobs.read(digest)] as const)),
  )

/** Sources as they came over the wire. */
export const sourcesOf = (files: Readonly<Record<string, string>>): PolicyFiles =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))

/**
 * The tree of a revision that was sealed here, or of the one that ships, whose files are then kept too.
 * Raises `policy.sources_missing` for any other.
 */
export const treeOf = async (blobs: Pick<BlobStore, 'put'>, tx: Queryable, revision: string): Promise<SourceTree> =>
  (await sourcesBehind(tx, revision)) ?? storeSources(blobs, await shippedSources(revision))

/**
 * The sources of a revision that was sealed here, or of the one that ships, by its name or by the module and data that
 * decisions record. Raises `policy.sources_missing` for any other.
 */
export const sourcesOfRevision = async (
  blobs: Pick<BlobStore, 'read'>,
  database: Pick<Database, 'inScope'>,
  revision: string,
): Promise<PolicyFiles> => {
  const tree = await database.inScope({ platform: true }, (tx) => sourcesBehind(tx, revision))
  return tree ? readSources(blobs, tree) : shippedSources(revision)
}

const shippedSources = async (revision: string): Promise<PolicyFiles> => {
  if ((await shippedRevision()) !== revision) throw problem('policy.sources_missing')
  return readPolicyFolder(dirname(shippedBundleFolder()))
}

const shippedRevision = async (): Promise<string | null> => {
  try {
    return (await readShippedBundle()).revision
  } catch (error) {
    if (error instanceof PolicyLoadError) return null
    throw error
  }
}
