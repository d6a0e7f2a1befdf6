import { readFile } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A process that can be told from a later one with the same number. */
export interface Identity {
  pid: number
  startedAt: string
}

/** When the process started, or undefined where there is none (a zombie is none: it only waits to be reaped). */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
    // The name in parentheses may hold spaces; state and start time are fields 3 and 22 (proc_pid_stat(5)).
    const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ')
    return fields && fields[0] !== 'Z' ? fields[19] : undefined
  }
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim() || undefined
}

/** Command line of a process as `ps` prints it, '' where there is none. */
export async function commandOf(pid: number): Promise<string> {
  const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim()
}

/** Whether exactly this process still runs. */
export const isRunning = async ({ pid, startedAt }: Identity): Promise<boolean> => (await startOf(pid)) === startedAt

/** The running process with that number, or undefined. */
export async function identify(pid: number): Promise<Identity | undefined> {
  const startedAt = await startOf(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** Sends a signal; a process that is gone already is what was wanted. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
