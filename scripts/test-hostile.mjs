#!/usr/bin/env node
/** `npm run test:hostile`: makes the clone ready, and lets hostile guests and callers loose on it. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  process.env.OPA_BIN = await findOpa({ progress: (line) => process.stderr.write(`• ${line}\n`) })
  return runOnProjectNode('dist/scripts/hostile/main.js', process.argv.slice(2))
})
