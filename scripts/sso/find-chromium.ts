import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Chromium on this machine: CHROMIUM_BIN, or a program of its name on PATH; undefined where there is none. */
export const findChromium = (): string | undefined => {
  const named = process.env['CHROMIUM_BIN']
  if (named) return isProgram(named) ? named : undefined
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram)
}

/** What is said where there is none: nothing passes that was not run. */
export const NO_CHROMIUM =
  'Chromium is not installed, so nothing was run: apt-get install chromium, or set CHROMIUM_BIN\n'
