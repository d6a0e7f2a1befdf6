import { become, ensureReady } from './setup.mjs'

await ensureReady()
become('dist/api/main.js')
