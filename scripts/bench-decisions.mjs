#!/usr/bin/env node
/** `npm run bench:decisions`: makes the clone ready, fills a ledger with months of decisions, searches them by every column. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/bench/decisions.js', process.argv.slice(2)))
