#!/usr/bin/env node
/** `npm run demo`: makes the clone ready and shows an extension's life from publish to proof. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/scripts/demo/main.js', process.argv.slice(2)))
