import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Path of a Regal: what was asked for, else the first on `searchPath`; undefined where there is none. */
export async function findRegal(asked: string | undefined, searchPath: string): Promise<string | undefined> {
  if (asked) return asked
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, 'regal')
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return candidate
  }
  return undefined
}
