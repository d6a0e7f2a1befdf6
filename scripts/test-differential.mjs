#!/usr/bin/env node
/** `npm run test:differential`: makes the clone ready, finds opa, compares its answers with our engine's on generated inputs. */
import { findOpa } from './find-opa.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(async () => {
  const opa = await findOpa({ progress: (line) => process.stderr.write(`${line}\n`) })
  return runOnProjectNode('dist/engine/differential/cli.js', [...process.argv.slice(2), '--opa', opa])
})
