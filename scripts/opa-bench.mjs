#!/usr/bin/env node
/** `npm run bench:gate`: makes the clone ready, finds opa to compare with, runs the benchmark of the gate. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  const opa = await findOpa({ progress: (line) => process.stderr.write(`${line}\n`) })
  return runOnProjectNode('dist/bench/gate.js', [...process.argv.slice(2), '--opa', opa])
})
