#!/usr/bin/env node
/** `npm start`: makes the clone ready, runs the service, and gives a new embedded one its demo data. */
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { seed } from './demo-data.mjs'
import { afterSetup, runOnProjectNode, SERVICE_NODE_OPTIONS } from './setup.mjs'

const data = resolve(process.env.GATEHOUSE_DATA || '.gatehouse')
const marker = join(data, process.env.GATEHOUSE_SERVICE_FILE || 'service.json')
const say = (line) => process.stderr.write(`${line}\n`)

const NEXT = [
  '',
  'Try next:',
  '  npm run gatehouse -- status',
  '  npm run gatehouse -- --as acme_member call com.acme-labs.lockfile-auditor /audit --body @package-lock.json',
  '  npm run console',
  '',
]

/**
 * Whether the service of this start has said where it listens; what an earlier one left, or another wrote, is older.
 * A folder that can't be looked into is no news: the service itself says what to do about it.
 */
const hasSaid = (begun) => {
  try {
    return statSync(marker).mtimeMs >= begun
  } catch {
    return false
  }
}

/** Waits for the service to be ready, seeds it, and says what to try; a service that ends first ends the wait. */
async function seedOnceReady(begun, ended) {
  while (!hasSaid(begun)) {
    if (ended.aborted) return
    await delay(100)
  }
  try {
    await seed(data, say)
    say(NEXT.join('\n'))
  } catch (error) {
    if (!ended.aborted)
      say(`Demo data could not be made: ${error.message}\n→ Start again: what is missing is made then.`)
  }
}

await afterSetup(async () => {
  const begun = Date.now()
  const ended = new AbortController()
  const code = runOnProjectNode('dist/api/main.js', process.argv.slice(2), SERVICE_NODE_OPTIONS).finally(() =>
    ended.abort(),
  )
  if (!process.env.DATABASE_URL && !process.argv.includes('--check-config')) void seedOnceReady(begun, ended.signal)
  return code
})
