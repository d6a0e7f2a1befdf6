#!/usr/bin/env node
/** `npm run bench:scim`: makes the clone ready, fills an organisation with people over SCIM, and measures what that costs. */
import { afterSetup, runOnProjectNode, SERVICE_NODE_OPTIONS } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/bench/scim.js', process.argv.slice(2), SERVICE_NODE_OPTIONS))
