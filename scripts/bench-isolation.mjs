#!/usr/bin/env node
/** `npm run bench:isolation`: makes the clone ready and measures what misbehaving extensions cost their neighbours. */
import { afterSetup, runOnProjectNode, SERVICE_NODE_OPTIONS } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/bench/isolation.js', process.argv.slice(2), SERVICE_NODE_OPTIONS))
