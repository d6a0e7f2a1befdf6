#!/usr/bin/env node
/** `npm run policy:build` and `npm run policy:check`: makes the clone ready, finds opa and Regal, runs the authors' commands. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  const opa = await findOpa({ progress: (line) => process.stderr.write(`${line}\n`) })
  const regal = process.env.REGAL_BIN ? ['--regal', process.env.REGAL_BIN] : []
  const places = ['--opa', opa, ...regal, '--path', process.env.PATH ?? '']
  return runOnProjectNode('dist/engine/author/cli.js', [...process.argv.slice(2), ...places])
})
