import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StartedLanguage } from './language.js'
import { compileWith, runTool, ToolMissing } from './tool.js'

const HANDLER = 'src/handler.c'
const FLAGS = ['--target=wasm32-wasi', '-mexec-model=reactor']
/** Warnings are shown where something fails; what nobody uses is left out, so that it is not imported either. */
const COMPILING = ['-std=c11', '-Wall', '-Os', '-Igatehouse', '-Wl,--gc-sections,--strip-all']
const HOW = [
  'clang for wasm32, wasm-ld and a C library are needed. On Debian and Ubuntu:',
  '  apt install clang lld wasi-libc libclang-rt-dev-wasm32',
  'Elsewhere unpack https://github.com/WebAssembly/wasi-sdk and set WASI_SDK_PATH to its folder',
].join('\n')

/** The compiler of WASI_SDK_PATH, else the one on PATH. */
const clang = (): string => {
  const { WASI_SDK_PATH: sdk } = process.env
  return sdk ? join(sdk, 'bin', 'clang') : 'clang'
}

/** Compiles and links a program that needs compiler, linker and library, and nothing else. */
const available = async (): Promise<void> => {
  const input = '#include <stdlib.h>\nvoid *make(size_t size) { return malloc(size); }\n'
  const args = [...FLAGS, '-x', 'c', '-', '-Wl,--export=make', '-o', '/dev/null']
  const { ok, stderr } = await runTool({ command: clang(), args, input })
  if (!ok) throw new ToolMissing(`C cannot be compiled here (${stderr.trim().split('\n', 1)[0]}): ${HOW}`)
}

const sourcesIn = async (folder: string, name: string): Promise<string[]> =>
  (await readdir(join(folder, name), { recursive: true }))
    .filter((file) => file.endsWith('.c'))
    .map((file) => join(name, file))
    .toSorted()

const compile = async (folder: string): Promise<{ wasm: Uint8Array }> => {
  const output = await mkdtemp(join(tmpdir(), 'gatehouse-c-'))
  const wasm = join(output, 'core.wasm')
  const sources = [...(await sourcesIn(folder, 'src')), ...(await sourcesIn(folder, 'gatehouse'))]
  try {
    await compileWith({ command: clang(), args: [...FLAGS, ...COMPILING, ...sources, '-o', wasm], folder }, available)
    return { wasm: await readFile(wasm) }
  } finally {
    await rm(output, { recursive: true, force: true })
  }
}

/** C, by clang and wasi-libc. */
export const C: StartedLanguage = {
  handlers: [HANDLER],
  compile,
  available,
  template: 'handler.c',
  copied: Object.fromEntries(
    ['gatehouse.c', 'gatehouse.h', 'extension.c', 'extension.h'].map((name) => [`gatehouse/${name}`, `sdk/c/${name}`]),
  ),
  written: { 'compile_flags.txt': ['--target=wasm32-wasi', '-std=c11', '-Wall', '-Igatehouse', ''].join('\n') },
  ignored: [],
}
