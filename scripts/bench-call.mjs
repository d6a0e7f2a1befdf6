#!/usr/bin/env node
/** `npm run bench:call`: makes the clone ready and measures a governed call against a bare route. */
import { afterSetup, runOnProjectNode, SERVICE_NODE_OPTIONS } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/bench/call.js', process.argv.slice(2), SERVICE_NODE_OPTIONS))
