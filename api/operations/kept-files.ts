import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isArchivePath, KEPT_FOLDERS } from './archive/manifest.js'
import { OperationRefused } from './operation-refused.js'

/** Unfinished things: uploads under way, drafts that are renamed once whole. A crash may leave some behind. */
const isUnfinished = (path: string): boolean =>
  path.startsWith('blobs/staging/') || path.endsWith('.new') || path.split('/').some((part) => part.startsWith('.'))

/**
 * Files of a data folder that belong into a backup, by their path in it. Raises `OperationRefused` where one has a name that
 * no archive may hold: leaving it out silently would lose it.
 */
export async function keptFiles(dataFolder: string): Promise<string[]> {
  const found: string[] = []
  for (const part of KEPT_FOLDERS) {
    const entries = await readdir(join(dataFolder, part), { recursive: true, withFileTypes: true }).catch(absent)
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name).slice(dataFolder.length + 1)
      if (entry.isDirectory() || isUnfinished(path)) continue
      if (!entry.isFile() || !isArchivePath(path))
        throw new OperationRefused(`${join(dataFolder, path)} does not belong into the data folder; move it away`)
      found.push(path)
    }
  }
  return found.toSorted()
}

function absent(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return []
  throw error
}
