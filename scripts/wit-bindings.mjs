#!/usr/bin/env node
/**
 * Makes the bindings for C and Rust of `sdk/wit/extension.wit`. With `--check` it wants them fresh: made of this WIT, and,
 * where the generator is installed, just as it makes them. Install it with `cargo install wit-bindgen-cli --version VERSION`,
 * or name it by WIT_BINDGEN.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './setup.mjs'

const VERSION = '0.63.0'
const WIT = 'sdk/wit/extension.wit'
const GENERATOR = process.env.WIT_BINDGEN ?? 'wit-bindgen'

/** Where each generated file goes. */
const FILES = [
  ['c', 'extension.h', 'sdk/c/extension.h'],
  ['c', 'extension.c', 'sdk/c/extension.c'],
  ['rust', 'everything.rs', 'sdk/rust/src/bindings.rs'],
]
const FLAGS = {
  // `ext build` embeds the world itself, and by the manifest; in C its name is part of every name.
  c: ['--no-object-file', '--rename-world', 'extension'],
  rust: [
    ...['--format', '--generate-all', '--pub-export-macro'],
    ...['--default-bindings-module', 'gatehouse::bindings', '--runtime-path', 'crate::rt'],
  ],
}

const wit = readFileSync(join(ROOT, WIT), 'utf8')
const HEAD = `// Of ${WIT}, sha256:${createHash('sha256').update(wit).digest('hex')}\n`

const installed = () => {
  try {
    return execFileSync(GENERATOR, ['--version'], { encoding: 'utf8' }).trim().endsWith(` ${VERSION}`)
  } catch {
    return false
  }
}

/** The text of each file, by its path. */
const generated = () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bindings-'))
  try {
    for (const [language, flags] of Object.entries(FLAGS))
      execFileSync(GENERATOR, [language, join(ROOT, WIT), '--world', 'everything', '--out-dir', folder, ...flags], {
        stdio: 'ignore',
      })
    return new Map(FILES.map(([, name, path]) => [path, HEAD + readFileSync(join(folder, name), 'utf8')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const paths = FILES.map(([, , path]) => path)
const read = (path) => readFileSync(join(ROOT, path), 'utf8')
const ready = installed()
const again = `npm run bindings:generate, with wit-bindgen ${VERSION}`
if (process.argv.includes('--check')) {
  const fresh = ready ? generated() : undefined
  const stale = paths.filter((path) => (fresh ? read(path) !== fresh.get(path) : !read(path).startsWith(HEAD)))
  if (stale.length > 0) {
    console.error(`${stale.join(', ')}: not what ${WIT} makes; run ${again}`)
    process.exitCode = 1
  }
  if (!ready) console.log(`wit-bindgen ${VERSION} is not installed: only the digest of ${WIT} was compared`)
} else if (ready) for (const [path, text] of generated()) writeFileSync(join(ROOT, path), text)
else {
  console.error(`wit-bindgen ${VERSION} is not installed: cargo install wit-bindgen-cli --version ${VERSION}`)
  process.exitCode = 1
}
