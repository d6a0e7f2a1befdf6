import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Whether any account on this machine can enter the folder: it and each of its ancestors lets others search it. */
export async function isReachableByOthers(folder: string): Promise<boolean> {
  for (let path = await realpath(folder); ; path = dirname(path)) {
    if (((await stat(path)).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}
