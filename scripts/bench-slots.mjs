#!/usr/bin/env node
/** `npm run bench:slots`: makes the clone ready and measures slots against bare instances. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/bench/slots.js', process.argv.slice(2)))
