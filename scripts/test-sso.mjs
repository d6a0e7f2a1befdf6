#!/usr/bin/env node
/** `npm run test:sso`: makes the clone ready, and signs people in by the embedded identity provider in a real browser. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/scripts/sso/main.js', process.argv.slice(2)))
