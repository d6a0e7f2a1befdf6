#!/usr/bin/env node
/** The `gatehouse` command from a clone: makes the clone ready and runs the command. */
import { afterSetup, runOnProjectNode } from './setup.mjs'

await afterSetup(() => runOnProjectNode('dist/cli/main.js', process.argv.slice(2)))
