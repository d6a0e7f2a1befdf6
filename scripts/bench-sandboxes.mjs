#!/usr/bin/env node
/** `npm run bench:sandboxes`: makes the clone ready and measures ways to run foreign code against each other. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/bench/sandbox-options.js', process.argv.slice(2)))
