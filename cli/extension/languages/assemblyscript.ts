import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import type { StartedLanguage } from './language.js'
import { compileWith, ToolMissing } from './tool.js'

const HANDLER = 'assembly/handler.ts'
const COMPILER = 'assemblyscript/package.json'
const HOW = 'install the AssemblyScript compiler in the folder of the extension: npm install --save-dev assemblyscript'

/** The compiler that the extension has installed, else ours. */
const compilerFor = (folder: string): string => {
  for (const place of [folder, packageRoot()]) {
    try {
      const found = join(dirname(createRequire(join(place, 'package.json')).resolve(COMPILER)), 'bin/asc.js')
      if (existsSync(found)) return found
    } catch {
      // Not there: the next place.
    }
  }
  throw new ToolMissing(`AssemblyScript is not here: ${HOW}`)
}

const compile = async (folder: string): Promise<{ wasm: Uint8Array }> => {
  const output = await mkdtemp(join(tmpdir(), 'gatehouse-assemblyscript-'))
  const wasm = join(output, 'core.wasm')
  const entry = 'assembly/gatehouse/entry.ts'
  const args = [compilerFor(folder), entry, '--optimizeLevel', '2', '--shrinkLevel', '1']
  // What is thrown ends in our `abort`, since the usual one would be imported from a JavaScript host.
  const abort = ['--use', 'abort=assembly/gatehouse/index/abort', '--outFile', wasm]
  try {
    await compileWith({ command: process.execPath, args: [...args, ...abort], folder }, async () => undefined)
    return { wasm: await readFile(wasm) }
  } finally {
    await rm(output, { recursive: true, force: true })
  }
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

/** AssemblyScript: a strict part of TypeScript, compiled to WebAssembly without an engine inside. */
export const ASSEMBLYSCRIPT: StartedLanguage = {
  handlers: [HANDLER],
  compile,
  // Found from the folder once it is there: `npm install` can put it there after all else.
  available: async () => undefined,
  template: 'handler.as',
  copied: Object.fromEntries(
    ['abi', 'entry', 'host', 'index'].map((name) => [`assembly/gatehouse/${name}.ts`, `sdk/assemblyscript/${name}.as`]),
  ),
  written: {
    'assembly/tsconfig.json': json({ extends: 'assemblyscript/std/assembly.json', include: ['./**/*.ts'] }),
    'package.json': json({ private: true, type: 'module', devDependencies: { assemblyscript: '^0.28.20' } }),
  },
  ignored: ['node_modules/'],
}
