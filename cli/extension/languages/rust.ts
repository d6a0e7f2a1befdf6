import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { existsSync } from 'node:fs'
import type { StartedLanguage } from './language.js'
import { CompileFailed, compileWith, runTool, ToolMissing } from './tool.js'

const TARGET = 'wasm32-unknown-unknown'
const HOW = [
  'Rust 1.82 or later with the target wasm32-unknown-unknown is needed. From https://rustup.rs:',
  `  rustup target add ${TARGET}`,
].join('\n')

const missing = (why: string): ToolMissing => new ToolMissing(`Rust cannot be compiled here (${why}): ${HOW}`)

/** Asks for cargo, and for the standard library of the target. */
const available = async (): Promise<void> => {
  const cargo = await runTool({ command: 'cargo', args: ['--version'] })
  if (!cargo.ok) throw missing(cargo.stderr.trim())
  const library = await runTool({ command: 'rustc', args: ['--print', 'target-libdir', '--target', TARGET] })
  if (!library.ok) throw missing(library.stderr.trim().split('\n', 1)[0]!)
  if (!existsSync(library.stdout.trim())) throw missing(`${library.stdout.trim()} is not there`)
}

interface CargoMessage {
  readonly reason: string
  readonly target?: { readonly kind: readonly string[] }
  readonly filenames?: readonly string[]
}

/** The module that cargo says it has made. */
const moduleOf = (stdout: string): string | undefined =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as CargoMessage)
    .filter(({ reason, target }) => reason === 'compiler-artifact' && target?.kind.includes('cdylib'))
    .flatMap(({ filenames = [] }) => filenames)
    .findLast((file) => file.endsWith('.wasm'))

const compile = async (folder: string): Promise<{ wasm: Uint8Array }> => {
  const args = ['build', '--release', '--target', TARGET, '--target-dir', join(folder, 'target')]
  const told = ['--quiet', '--message-format', 'json-render-diagnostics']
  const wasm = moduleOf(await compileWith({ command: 'cargo', args: [...args, ...told], folder }, available))
  if (!wasm) throw new CompileFailed('cargo made no module: Cargo.toml needs [lib] crate-type = ["cdylib"]')
  return { wasm: await readFile(wasm) }
}

const CARGO = `[package]
name = "extension"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[dependencies]
gatehouse = { path = "gatehouse" }

[profile.release]
opt-level = "s"
lto = true
panic = "abort"
strip = true
`

/** Rust, by cargo, without WASI. */
export const RUST: StartedLanguage = {
  handlers: ['src/lib.rs'],
  compile,
  available,
  template: 'lib.rs',
  copied: Object.fromEntries(
    ['Cargo.toml', 'src/lib.rs', 'src/rt.rs', 'src/bindings.rs'].map((name) => [
      `gatehouse/${name}`,
      `sdk/rust/${name}`,
    ]),
  ),
  written: { 'Cargo.toml': CARGO },
  ignored: ['target/'],
}
