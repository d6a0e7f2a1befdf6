import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { StageResult } from './stage.js'

const execute = promisify(execFile)

/** Path of a Regal: what was asked for, else the first on `searchPath`; undefined where there is none. */
export async function findRegal(asked: string | undefined, searchPath: string): Promise<string | undefined> {
  if (asked) return asked
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, 'regal')
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return candidate
  }
  return undefined
}

/** Lints with Regal's own rules. Without a Regal the stage has not run, and says so. */
export async function runRegal(regal: string | undefined, root: string): Promise<StageResult> {
  if (!regal) return { state: 'not_run', detail: 'Regal not installed: stage not run' }
  try {
    const { stdout } = await execute(regal, ['lint', 'governance'], { cwd: root, env: {} })
    return { state: 'passed', detail: stdout.trim().split('\n').at(-1) ?? '' }
  } catch (error) {
    return { state: 'failed', detail: `${(error as { stdout?: string }).stdout ?? ''}${(error as Error).message}` }
  }
}
