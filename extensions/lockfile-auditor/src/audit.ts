/** What a package-lock.json tells, read without network: pure, so that the same code runs in the sandbox and under test. */

/** One entry of `packages` in a lockfile of version 2 or 3, as far as it is read here. */
interface LockedPackage {
  version?: string
  resolved?: string
  license?: string
  hasInstallScript?: boolean
  link?: boolean
}

interface Lockfile {
  name?: string
  lockfileVersion: number
  packages: Record<string, LockedPackage>
}

/** Where a package's bytes come from. Anything but `registry` deserves a look. */
export type Source = 'registry' | 'git' | 'http' | 'file'

export interface Audit {
  project: string
  /** Packages below node_modules, links to workspaces apart. */
  packages: number
  install_scripts: string[]
  duplicates: { name: string; versions: string[] }[]
  licences: Record<string, number>
  sources: Record<Source, number>
  unusual_sources: { name: string; version: string; source: Source; resolved: string }[]
}

/** How the locked set differs from the one that was kept: `name@version` each. */
export interface Drift {
  added: string[]
  removed: string[]
}

/** The body is not a lockfile that can be read; the message says what is missing. */
export class NotALockfile extends Error {}

const MODULES = 'node_modules/'

/** Parses the text of a package-lock.json of version 2 or 3. Throws `NotALockfile`. */
export const parseLockfile = (text: string): Lockfile => {
  let value: Partial<Lockfile> | null
  try {
    value = JSON.parse(text) as Partial<Lockfile> | null
  } catch (error) {
    throw new NotALockfile(`the body is not JSON: ${(error as Error).message}`)
  }
  if (typeof value?.packages !== 'object' || value.packages === null || !(Number(value.lockfileVersion) >= 2)) {
    throw new NotALockfile('the body has no "packages": send a package-lock.json of lockfileVersion 2 or 3')
  }
  return value as Lockfile
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf(MODULES) + MODULES.length)

/** A registry's tarball has `/-/` in its path; a lockfile may leave the address of the registry out altogether. */
export const sourceOf = (resolved: string | undefined): Source => {
  if (resolved === undefined) return 'registry'
  if (/^git(\+|:)/.test(resolved) || resolved.startsWith('github:')) return 'git'
  if (resolved.startsWith('file:')) return 'file'
  return resolved.startsWith('https:') && resolved.includes('/-/') ? 'registry' : 'http'
}

const locked = (lockfile: Lockfile): { name: string; entry: LockedPackage }[] =>
  Object.entries(lockfile.packages)
    .filter(([path, entry]) => path.includes(MODULES) && !entry.link)
    .map(([path, entry]) => ({ name: nameOf(path), entry }))

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Every `name@version` of the lockfile once, sorted: what is kept as the baseline. */
export const fingerprint = (lockfile: Lockfile): string[] =>
  [...new Set(locked(lockfile).map(({ name, entry }) => `${name}@${entry.version ?? '?'}`))].sort(byText)

/** Audits a lockfile: scripts that run on install, names locked in several versions, licences, and sources. */
export const audit = (lockfile: Lockfile): Audit => {
  const entries = locked(lockfile)
  const versions = new Map<string, Set<string>>()
  const result: Audit = {
    project: lockfile.name ?? 'unnamed',
    packages: entries.length,
    install_scripts: [],
    duplicates: [],
    licences: {},
    sources: { registry: 0, git: 0, http: 0, file: 0 },
    unusual_sources: [],
  }
  for (const { name, entry } of entries) {
    const version = entry.version ?? '?'
    versions.set(name, (versions.get(name) ?? new Set()).add(version))
    if (entry.hasInstallScript) result.install_scripts.push(`${name}@${version}`)
    const licence = entry.license ?? 'unknown'
    result.licences[licence] = (result.licences[licence] ?? 0) + 1
    const source = sourceOf(entry.resolved)
    result.sources[source]++
    if (source !== 'registry') result.unusual_sources.push({ name, version, source, resolved: entry.resolved ?? '' })
  }
  for (const [name, found] of versions)
    if (found.size > 1) result.duplicates.push({ name, versions: [...found].sort(byText) })
  result.install_scripts.sort(byText)
  result.duplicates.sort((a, b) => byText(a.name, b.name))
  return result
}

/** What came and what went between two fingerprints. */
export const drift = (before: readonly string[], after: readonly string[]): Drift => {
  const old = new Set(before)
  const now = new Set(after)
  return { added: after.filter((entry) => !old.has(entry)), removed: before.filter((entry) => !now.has(entry)) }
}
