#!/usr/bin/env node
/**
 * Finds the pinned `opa`: OPA_BIN, PATH, cache, official release with a pinned checksum, `go install`.
 * Plain Node >= 20 and nothing else, because it runs before anything is installed.
 */
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chmod, constants, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/** The one version that counts: the compiled policies depend on it. */
export const OPA_VERSION = '1.22.0'

/**
 * sha256 of the official release, by `${process.platform}-${process.arch}`. A platform without an entry is never
 * downloaded: there `go install` serves, whose module checksum Go verifies against its public checksum database.
 * @type {Record<string, { asset: string, sha256: string }>}
 */
const RELEASES = {}

const run = promisify(execFile)
const executable = process.platform === 'win32' ? 'opa.exe' : 'opa'
const cacheFolder = () =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gatehouse', `opa-${OPA_VERSION}`)

/** Version that the program at `path` reports, or undefined where it is no working opa. */
async function versionOf(path) {
  try {
    const { stdout } = await run(path, ['version'], { timeout: 10_000 })
    return /^Version:\s*(\S+)/m.exec(stdout)?.[1]
  } catch {
    return undefined
  }
}

/** `path` where it is the pinned version; otherwise undefined, with the cause added to `tried`. */
async function accept(path, origin, tried) {
  const version = await versionOf(path)
  if (version === OPA_VERSION) return path
  tried.push(`${origin}: ${version === undefined ? 'no working opa there' : `version ${version}`} (${path})`)
  return undefined
}

async function fromEnvironment({ tried }) {
  if (process.env.OPA_BIN) return accept(process.env.OPA_BIN, 'OPA_BIN', tried)
  tried.push('OPA_BIN: not set')
  return undefined
}

async function fromPath({ tried }) {
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const candidate = join(folder, executable)
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return accept(candidate, 'PATH', tried)
  }
  tried.push('PATH: no opa')
  return undefined
}

async function fromCache({ tried }) {
  return accept(join(cacheFolder(), executable), 'cache', tried)
}

/** Runs `fill(folder)` on a scratch folder beside the cache and moves the opa it made into place, all or nothing. */
async function intoCache(fill) {
  await mkdir(cacheFolder(), { recursive: true })
  const scratch = await mkdtemp(join(cacheFolder(), 'new-'))
  try {
    await fill(scratch)
    await rename(join(scratch, executable), join(cacheFolder(), executable))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function fromRelease({ tried, progress }) {
  const release = RELEASES[`${process.platform}-${process.arch}`]
  if (!release) {
    tried.push(`release: no checksum is pinned for ${process.platform}-${process.arch}, so nothing is downloaded`)
    return undefined
  }
  progress(`downloading opa ${OPA_VERSION} (${release.asset})`)
  try {
    await intoCache((scratch) => download(release, join(scratch, executable)))
  } catch (error) {
    tried.push(`release: ${error.message}`)
    return undefined
  }
  return fromCache({ tried })
}

async function download({ asset, sha256 }, target) {
  const response = await fetch(`https://openpolicyagent.org/downloads/v${OPA_VERSION}/${asset}`)
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (digest !== sha256) throw new Error(`${asset} has sha256 ${digest}, expected ${sha256}`)
  await writeFile(target, bytes)
  await chmod(target, 0o755)
}

async function fromGo({ tried, progress }) {
  progress(`building opa ${OPA_VERSION} with "go install" (one to two minutes, once per machine)`)
  const goal = ['install', '-trimpath', '-ldflags', '-s -w', `github.com/open-policy-agent/opa@v${OPA_VERSION}`]
  try {
    await intoCache((scratch) => goInstall(goal, scratch, progress))
  } catch (error) {
    tried.push(`go install: ${error.message}`)
    return undefined
  }
  return fromCache({ tried })
}

function goInstall(goal, folder, progress) {
  return new Promise((resolve, reject) => {
    const child = spawn('go', goal, {
      env: { ...process.env, GOBIN: folder, GOFLAGS: '', CGO_ENABLED: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let last = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      last = text.trim().split('\n').at(-1) ?? last
      progress(last)
    })
    child.on('error', (error) => reject(error.code === 'ENOENT' ? new Error('go is not on PATH') : error))
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit ${code}: ${last}`))))
  })
}

/**
 * Absolute path of the pinned opa where this machine has it already; undefined where it would have to be fetched.
 * @returns {Promise<string | undefined>}
 */
export async function opaAtHand() {
  for (const source of [fromEnvironment, fromPath, fromCache]) {
    const path = await source({ tried: [] })
    if (path) return path
  }
  return undefined
}

/**
 * Absolute path of the pinned opa.
 * @param {{ progress?: (line: string) => void }} [options] `progress` gets a line for each step that takes time
 * @returns {Promise<string>}
 * @throws {Error} that names every place that was tried and what to do
 */
export async function findOpa({ progress = () => {} } = {}) {
  const tried = []
  for (const source of [fromEnvironment, fromPath, fromCache, fromRelease, fromGo]) {
    const path = await source({ tried, progress })
    if (path) return path
  }
  throw new Error(
    [
      `opa ${OPA_VERSION} was not found.`,
      ...tried.map((line) => `  - ${line}`),
      `Set OPA_BIN to an opa ${OPA_VERSION}, put one on PATH, place it at ${join(cacheFolder(), executable)}, or install Go >= 1.26.`,
    ].join('\n'),
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.stdout.write(`${await findOpa({ progress: (line) => process.stderr.write(`${line}\n`) })}\n`)
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
