#!/usr/bin/env node
/** `npm run test:access`: makes the clone ready, and holds what is said of access against what really comes of each request. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/scripts/access/main.js', process.argv.slice(2)))
