import { watch, type FSWatcher } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DEV_FOLDER } from './dev-records.js'

/** What a build writes or a package manager keeps: a change there is none of the sources. */
const IGNORED = new Set(['node_modules', 'dist', 'target', '.git', DEV_FOLDER, 'component.wasm'])
/** Editors write a file in several steps. */
const SETTLE_MS = 40

const foldersBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const inner = entries.filter((entry) => entry.isDirectory() && !IGNORED.has(entry.name))
  return [folder, ...(await Promise.all(inner.map(({ name }) => foldersBelow(join(folder, name))))).flat()]
}

/**
 * Tells of changes below a folder, once they have settled. Call what comes back to stop. Each folder is watched by itself:
 * a recursive watch on Linux loses a file that an editor replaces.
 */
export const watchSources = async (folder: string, onChange: () => void): Promise<() => void> => {
  const watchers = new Map<string, FSWatcher>()
  let settling: NodeJS.Timeout | undefined
  let stopped = false
  const changed = (_event: string, name: string | null) => {
    if (name !== null && IGNORED.has(name)) return
    clearTimeout(settling)
    settling = setTimeout(() => {
      void follow()
      onChange()
    }, SETTLE_MS)
  }
  const follow = async () => {
    const folders = new Set(await foldersBelow(folder))
    for (const [path, watcher] of watchers)
      if (!folders.has(path)) {
        watcher.close()
        watchers.delete(path)
      }
    for (const path of folders) {
      if (stopped || watchers.has(path)) continue
      // A folder that goes away meanwhile is no failure: whatever took it away is a change of its own.
      watchers.set(
        path,
        watch(path, changed).on('error', () => undefined),
      )
    }
  }
  await follow()
  return () => {
    stopped = true
    clearTimeout(settling)
    for (const watcher of watchers.values()) watcher.close()
  }
}
