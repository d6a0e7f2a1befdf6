#!/usr/bin/env node
/** `npm run bench:call`: makes the clone ready and measures a governed call against a bare route. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/bench/call.js', process.argv.slice(2)))
