#!/usr/bin/env node
/** `npm start`: makes the clone ready and runs the service. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/api/main.js', process.argv.slice(2)))
