#!/usr/bin/env node
/** `npm run policy:build` and `npm run policy:check`: finds opa, then runs the authoring commands of `engine/`. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOpa } from './find-opa.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

async function main() {
  const opa = await findOpa({ progress: (line) => process.stderr.write(`${line}\n`) })
  const regal = process.env.REGAL_BIN ? ['--regal', process.env.REGAL_BIN] : []
  const program = [
    join(root, 'dist/engine/author/cli.js'),
    ...process.argv.slice(2),
    '--opa',
    opa,
    ...regal,
    '--path',
    process.env.PATH ?? '',
  ]
  const child = spawn(join(root, 'node_modules/.bin/node'), program, { stdio: 'inherit' })
  child.on('exit', (code) => (process.exitCode = code ?? 1))
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
