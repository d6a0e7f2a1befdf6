import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'

const LIBRARY_PATH = /(\/\S+) \(0x/g
const SEARCHED = ['/usr/bin', '/bin', '/usr/sbin', '/sbin']

/** Absolute path of a system program, searched where distributions put them and nowhere else; undefined: not installed. */
export function systemProgram(name: string): string | undefined {
  return SEARCHED.map((folder) => join(folder, name)).find(isExecutable)
}

const known = new Map<string, readonly string[]>()

/** Shared libraries that a binary loads, the dynamic loader among them. Empty where it is linked statically. */
export function librariesOf(binary: string): readonly string[] {
  const libraries = known.get(binary) ?? findLibraries(binary)
  known.set(binary, libraries)
  return libraries
}

function findLibraries(binary: string): string[] {
  const ldd = systemProgram('ldd')
  if (ldd === undefined) return ['/lib', '/lib64', '/usr/lib'].filter((folder) => existsSync(folder))
  try {
    const output = execFileSync(ldd, [binary], { encoding: 'utf8', env: {}, stdio: ['ignore', 'pipe', 'ignore'] })
    return [...output.matchAll(LIBRARY_PATH)].map((match) => match[1]!).sort()
  } catch {
    return []
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
