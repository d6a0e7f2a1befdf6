#!/usr/bin/env node
/** `npm test [-- jest's arguments]`: makes the clone ready, runs the tests, ends with `N passed, N failed`. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterSetup, runOnProjectNode } from './setup.mjs'

const JEST = 'node_modules/jest/bin/jest.js'

/** What Jest counted; suites that did not even load count as one failure each. */
async function count(report) {
  const text = await readFile(report, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(text)
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites }
}

await afterSetup(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-test-'))
  const report = join(folder, 'report.json')
  const options = ['--json', `--outputFile=${report}`, ...process.argv.slice(2)]
  try {
    const code = await runOnProjectNode(JEST, options, ['--experimental-vm-modules', '--no-warnings'])
    const counted = await count(report)
    if (!counted) return code || 1
    console.log(`${counted.passed} passed, ${counted.failed} failed`)
    return code
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
