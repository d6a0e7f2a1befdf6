#!/usr/bin/env node
/** `npm run bench:replay`: makes the clone ready, finds opa to compile a candidate with, replays recorded decisions. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  const opa = await findOpa({ progress: (line) => process.stderr.write(`${line}\n`) })
  return runOnProjectNode('dist/bench/replay.js', [...process.argv.slice(2), '--opa', opa])
})
