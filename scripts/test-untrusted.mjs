#!/usr/bin/env node
/** `npm run test:untrusted`: makes the clone ready, and lets fifty untrusted extensions look for what is another's. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  process.env.OPA_BIN = await findOpa({ progress: (line) => process.stderr.write(`• ${line}\n`) })
  return runOnProjectNode('dist/scripts/untrusted/main.js', process.argv.slice(2))
})
