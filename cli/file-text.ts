import { readFile } from 'node:fs/promises'
import { UsageError } from './usage-error.js'

/** The text of a file that a flag names. Raises UsageError, which names the flag, where it cannot be read. */
export const fileText = (flag: string, path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError(`${flag} ${path} cannot be read: ${error.message}`)
  })

/** JSON as typed or read. Raises UsageError, which names where it is from, on what is none. */
export const parsed = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`)
  }
}

/** What a file that a flag names says in JSON. Raises UsageError. */
export const jsonFile = async (flag: string, path: string): Promise<unknown> => parsed(await fileText(flag, path), path)
