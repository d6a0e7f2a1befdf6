import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Subject } from './prove-module.js'
import { bytesFrom, Choices } from './seeded.js'

const run = promisify(execFile)
const TIMEOUT_MS = 120_000
/** What admission lets through of what binaryen can generate. */
const FEATURES = [
  'sign-ext',
  'mutable-globals',
  'nontrapping-float-to-int',
  'simd',
  'bulk-memory',
  'bulk-memory-opt',
  'reference-types',
  'multivalue',
  'tail-call',
  'extended-const',
]
/** Bytes that a module is made from: more make more functions, and longer ones. */
const SIZES = [500, 2000, 6000, 12_000]

/** A random module that is valid, made from the seed by `wasm-opt --translate-to-fuzz`; the same for the same seed. */
export async function generatedModule(seed: string): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-fuel-'))
  try {
    const [input, output] = [join(folder, 'input'), join(folder, 'module.wasm')]
    await writeFile(input, bytesFrom(`${seed} module`, new Choices(seed).of(SIZES)))
    const features = ['--mvp-features', ...FEATURES.map((feature) => `--enable-${feature}`)]
    const options = ['--translate-to-fuzz', input, ...features, '--output', output]
    await run(process.execPath, [wasmOpt(), ...options], { timeout: TIMEOUT_MS })
    return { name: seed, wasm: await readFile(output), calls: [] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function wasmOpt(): string {
  return join(dirname(createRequire(import.meta.url).resolve('binaryen')), 'bin', 'wasm-opt')
}
