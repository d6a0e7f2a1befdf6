import { become, ensureReady } from './setup.mjs'

await ensureReady()
become('dist/scripts/demo/main.js')
