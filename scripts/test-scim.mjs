#!/usr/bin/env node
/** `npm run test:scim`: makes the clone ready, finds scim2-tester, and holds the running service to SCIM 2.0 as it and providers speak it. */
import { findScim2Tester } from './find-scim2-tester.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

const progress = (line) => process.stderr.write(`• ${line}\n`)

await afterSetup(async () => {
  process.env.SCIM2_PYTHON = await findScim2Tester({ progress })
  return runOnProjectNode('dist/scripts/scim/main.js', process.argv.slice(2))
})
