/** `npm test`: sets itself up, then runs Jest with whatever arguments were given. */
import { ensureReady, runToEnd } from './setup.mjs'

await ensureReady()
process.exitCode = runToEnd('node_modules/jest/bin/jest.js', process.argv.slice(2), {
  nodeArgs: ['--experimental-vm-modules', '--no-warnings'],
})
