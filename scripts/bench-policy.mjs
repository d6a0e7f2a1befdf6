#!/usr/bin/env node
/** `npm run bench:policy`: makes the clone ready, finds opa to seal a policy with, and measures what policy's life costs. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode, SERVICE_NODE_OPTIONS } from './setup.mjs'

await afterSetup(async () => {
  process.env.OPA_BIN = await findOpa({ progress: (line) => process.stderr.write(`• ${line}\n`) })
  return runOnProjectNode('dist/bench/policy.js', process.argv.slice(2), SERVICE_NODE_OPTIONS)
})
