/** A lock between processes of one clone. Plain Node >= 20. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Makes the lock's folder with our number in it, in one step; false where another process holds it. */
async function take(folder) {
  const own = `${folder}.${process.pid}`
  await mkdir(own, { recursive: true })
  await writeFile(join(own, 'pid'), String(process.pid))
  try {
    await rename(own, folder) // fails where the folder is there and not empty
    return true
  } catch {
    await rm(own, { recursive: true, force: true })
    return false
  }
}

/** Takes a lock away whose holder is dead. */
async function clearAbandoned(folder) {
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => Number.NaN))
  if (Number.isInteger(pid) && !isAlive(pid)) await rm(folder, { recursive: true, force: true })
}

/**
 * Does the work while no other process of this clone holds the lock.
 * @param {string} folder the lock
 * @param {() => void} onWait told once where another one holds it
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function withLock(folder, onWait, work) {
  for (let told = false; !(await take(folder)); told = true) {
    if (!told) onWait()
    await clearAbandoned(folder)
    await delay(200)
  }
  try {
    return await work()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
