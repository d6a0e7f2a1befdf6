#!/usr/bin/env node
/** `npm run console`: makes the clone ready and opens the operators' console. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/tui/main.js', process.argv.slice(2)))
