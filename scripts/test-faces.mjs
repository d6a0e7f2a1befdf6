#!/usr/bin/env node
/** `npm run test:faces`: makes the clone ready, finds opa, and does each policy action over REST, the CLI and the console. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  process.env.OPA_BIN = await findOpa({ progress: (line) => process.stderr.write(`• ${line}\n`) })
  return runOnProjectNode('dist/scripts/faces/main.js', process.argv.slice(2))
})
