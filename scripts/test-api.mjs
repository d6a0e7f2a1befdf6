#!/usr/bin/env node
/** `npm run test:api`: makes the clone ready, finds Schemathesis and opa, and holds every operation of the API to its OpenAPI document. */
import { findOpa } from './find-opa.mjs'
import { findSchemathesis } from './find-schemathesis.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

const progress = (line) => process.stderr.write(`• ${line}\n`)

await afterSetup(async () => {
  process.env.OPA_BIN = await findOpa({ progress })
  process.env.SCHEMATHESIS_BIN = await findSchemathesis({ progress })
  return runOnProjectNode('dist/scripts/conformance/main.js', process.argv.slice(2))
})
