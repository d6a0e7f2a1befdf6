import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { UsageError } from '../usage-error.js'

const TYPES = 'types/gatehouse.d.ts'
const CONFIG = 'tsconfig.json'

/** What a guest has: the language, and neither a browser nor Node around it. */
const config = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024'],
    types: [],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    isolatedModules: true,
    noEmit: true,
  },
  include: ['src', 'test', 'types'],
}

/** What editors and `tsc` need in the folder of an extension, so that they find the SDK and the host interfaces. */
export const typeFiles = async (): Promise<Record<typeof CONFIG | typeof TYPES, string>> => ({
  [CONFIG]: `${JSON.stringify(config, null, 2)}\n`,
  [TYPES]: await readFile(join(packageRoot(), 'sdk/types/generated/gatehouse.d.ts'), 'utf8'),
})

/** A file, and what was done: `kept` is the author's own. */
export interface Renewed {
  readonly file: string
  readonly state: 'written' | 'fresh' | 'kept'
}

/**
 * Renews the types in the folder of an extension, and writes the settings of the compiler where there are none. Raises
 * `UsageError` where there is no extension.
 */
export const renewTypes = async (folder: string): Promise<Renewed[]> => {
  if (!existsSync(join(folder, 'extension.json')))
    throw new UsageError(`${join(folder, 'extension.json')} is not there: start with gatehouse ext init ${folder}`)
  const renewed: Renewed[] = []
  for (const [file, text] of Object.entries(await typeFiles())) {
    const path = join(folder, file)
    const before = existsSync(path) ? await readFile(path, 'utf8') : undefined
    const state = before === text ? 'fresh' : before !== undefined && file === CONFIG ? 'kept' : 'written'
    renewed.push({ file, state })
    if (state !== 'written') continue
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
  return renewed
}
