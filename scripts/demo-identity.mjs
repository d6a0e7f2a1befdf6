#!/usr/bin/env node
/** `npm run demo:identity`: makes the clone ready, finds the opa that the self-test compiles a policy with, and runs the demo. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  process.env.OPA_BIN = await findOpa({ progress: (line) => process.stderr.write(`• ${line}\n`) })
  return runOnProjectNode('dist/scripts/demo-identity/main.js', process.argv.slice(2))
})
