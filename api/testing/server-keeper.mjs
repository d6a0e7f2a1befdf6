/**
 * Ends a test run's PostgreSQL. Started beside the server as `server-keeper.mjs FOLDER PID`, it waits for the end of
 * the Jest process and does so where that one could not.
 */
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Shuts the server in the run's folder down at once (its rows are worth nothing) and removes the folder. */
export async function endServer(folder) {
  const lock = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(lock, 10)
  if (pid > 1 && isAlive(pid)) {
    process.kill(pid, 'SIGQUIT')
    for (let wait = 0; wait < 100 && existsSync(join(folder, 'postgres', 'postmaster.pid')); wait++) await delay(50)
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, pid] = process.argv.slice(2)
  while (existsSync(folder) && isAlive(Number(pid))) await delay(500)
  await endServer(folder)
}
