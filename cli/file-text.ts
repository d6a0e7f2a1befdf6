import { readFile } from 'node:fs/promises'
import { UsageError } from './usage-error.js'

/** The text of a file that a flag names. Raises UsageError, which names the flag, where it cannot be read. */
export const fileText = (flag: string, path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError(`${flag} ${path} cannot be read: ${error.message}`)
  })
