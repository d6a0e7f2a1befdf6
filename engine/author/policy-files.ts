import { globSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'

/** A policy's sources by their path below its root: `governance/**.rego`, `cases/<gate>/*.yaml`, `platform.json`. */
export type PolicyFiles = ReadonlyMap<string, Uint8Array>

/** What is read of a folder laid out like `policies/`; what is generated there stays out. */
const SOURCE_GLOBS = ['governance/**', 'cases/**', 'platform.json']

/** The sources in a folder, sorted by path. Files whose name begins with a dot stay out. */
export async function readPolicyFolder(folder: string): Promise<PolicyFiles> {
  const names = globSync(SOURCE_GLOBS, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name))))
  return new Map(names.map((name, index) => [name.replaceAll('\\', '/'), contents[index]!]))
}

/** Schemas and capabilities that a policy is checked against: always ours, since it must not choose what it may call. */
export const CAPABILITIES = 'capabilities.json'
export const SCHEMAS = 'schemas'

/** Where this version's capabilities lie. */
export const capabilitiesFile = (): string => join(packageRoot(), 'policies', CAPABILITIES)

/**
 * Writes files, schemas and capabilities into a folder that a tool behind the wall can read, for the time of `use`.
 * The names of `files` must have been checked.
 */
export async function withPolicyFolder<T>(files: PolicyFiles, use: (folder: string) => Promise<T>): Promise<T> {
  return withToolFolder(async (folder) => {
    await writeFiles(folder, files)
    await cp(join(packageRoot(), 'policies', SCHEMAS), join(folder, SCHEMAS), { recursive: true })
    await cp(capabilitiesFile(), join(folder, CAPABILITIES))
    return use(folder)
  })
}

/** An empty folder that a tool of another account can read, but nobody else finds. */
export async function withToolFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const outer = await mkdtemp(join(tmpdir(), 'gatehouse-policy-'))
  try {
    await chmod(outer, 0o711)
    const folder = join(outer, 'policy')
    await mkdir(folder)
    return await use(folder)
  } finally {
    await rm(outer, { recursive: true, force: true })
  }
}

/** Adds files to such a folder. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array | string>): Promise<void> {
  for (const [name, content] of files) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
}
