import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { SourcePath } from '#contract/api/policy-drafts.js'
import { readPolicyFolder } from '#engine/author/index.js'
import { UsageError } from './usage-error.js'

const execute = promisify(execFile)
/** Where a policy's sources lie in its folder. */
const SOURCE_ROOTS = ['governance', 'cases', 'platform.json']

/** Sources by path, as the API takes them. Raises UsageError where the folder is none of a policy, or a file is no text. */
export async function readSourceTexts(folder: string): Promise<Record<string, string>> {
  if (!existsSync(join(folder, 'governance')))
    throw new UsageError(`DIR ${folder} has no governance/: name a folder laid out like policies/`)
  const files = await readPolicyFolder(resolve(folder))
  return Object.fromEntries([...files].map(([path, bytes]) => [path, textOf(path, bytes)]))
}

/** The text in a file that a flag names. Raises UsageError where it can't be read, or is no text. */
export async function readText(flag: string, file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UsageError(`${flag} ${file} cannot be read: ${error.message}`)
  })
  return textOf(file, bytes)
}

const textOf = (path: string, bytes: Uint8Array): string => {
  try {
    // A byte order mark is part of the bytes that are digested, so it stays.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new UsageError(`${path} is not UTF-8: save it as UTF-8`)
  }
}

/** The commit that holds exactly these sources, or why none does. */
export type WorkingTree = { readonly commit: string } | { readonly commit: null; readonly why: string }

/** Asks Git about the sources in a folder. Ignored files count as changes: they would be pushed, and no commit has them. */
export async function workingTree(folder: string): Promise<WorkingTree> {
  try {
    const head = await git(folder, 'rev-parse', '--verify', 'HEAD')
    const status = ['status', '--porcelain', '--ignored', '--untracked-files=all', '--', ...SOURCE_ROOTS]
    const changed = (await git(folder, ...status)).split('\n').filter(Boolean)
    if (changed.length === 0) return { commit: head.trim() }
    return { commit: null, why: `${changed.length} of its files differ from the last commit` }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { commit: null, why: missing ? 'git is not installed' : 'it is in no Git working tree with a commit' }
  }
}

/** No monitor, which a foreign repository's configuration could name: it would be run. */
const git = async (folder: string, ...args: string[]): Promise<string> =>
  (await execute('git', ['-C', folder, '-c', 'core.fsmonitor=false', ...args], { encoding: 'utf8' })).stdout

/**
 * Writes sources into a folder. With `overwrite`, what lies there and is none of them goes, so that a push gives the same
 * files back. Raises UsageError where sources lie there and may not be overwritten.
 */
export async function writeSourceTexts(
  folder: string,
  texts: ReadonlyMap<string, string>,
  overwrite: boolean,
): Promise<void> {
  const stray = [...texts.keys()].find((path) => !SourcePath.safeParse(path).success)
  if (stray !== undefined)
    throw new Error(`the service named a file ${JSON.stringify(stray)}, which is no source's path`)
  const there = SOURCE_ROOTS.filter((root) => existsSync(join(folder, root)))
  if (there.length > 0 && !overwrite)
    throw new UsageError(`DIR ${folder} already has ${there.join(', ')}: name another folder, or give --overwrite`)
  for (const root of there) await rm(join(folder, root), { recursive: true })
  for (const [path, text] of texts) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}
