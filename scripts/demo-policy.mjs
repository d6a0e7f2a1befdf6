#!/usr/bin/env node
/** `npm run demo:policy`: makes the clone ready, finds the opa that the service checks drafts with, and runs the demo. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  process.env.OPA_BIN = await findOpa({ progress: (line) => process.stderr.write(`• ${line}\n`) })
  return runOnProjectNode('dist/scripts/demo-policy/main.js', process.argv.slice(2))
})
