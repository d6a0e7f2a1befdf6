#!/usr/bin/env node
/**
 * `npm run test:fuel`: makes the clone ready, finds the WebAssembly specification's tests, and compares those modules and
 * random ones metered with the same unmetered.
 */
import { findWasmSuite } from './find-wasm-suite.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

/** A memory that grows ends here for both, before the machine's does: 64 MiB, in pages of 64 KiB. */
const NODE_OPTIONS = ['--wasm-max-mem-pages=1024']

await afterSetup(async () => {
  const suite = await findWasmSuite({ progress: (line) => process.stderr.write(`${line}\n`) })
  const places = suite.flatMap((folder) => ['--suite', folder])
  return runOnProjectNode('dist/runtime/fuel-proof/cli.js', [...process.argv.slice(2), ...places], NODE_OPTIONS)
})
