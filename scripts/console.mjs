import { become, ensureReady } from './setup.mjs'

await ensureReady()
become('dist/tui/main.js')
