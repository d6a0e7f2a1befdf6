#!/usr/bin/env node
/** `npm run test:opa`: makes the clone ready, finds opa and its compliance suite, runs every case through our engine. */
import { findOpa } from './find-opa.mjs'
import { findOpaSuite } from './find-opa-suite.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  const progress = (line) => process.stderr.write(`${line}\n`)
  const places = ['--opa', await findOpa({ progress }), '--suite', await findOpaSuite({ progress })]
  return runOnProjectNode('dist/engine/conformance/cli.js', [...process.argv.slice(2), ...places])
})
