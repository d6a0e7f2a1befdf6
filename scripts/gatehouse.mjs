#!/usr/bin/env node
import { become, ensureReady } from './setup.mjs'

await ensureReady()
become('dist/cli/main.js')
