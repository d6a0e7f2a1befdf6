#!/usr/bin/env node
/** `npm start`: makes the clone ready, runs the service, and gives a new embedded one its demo data. */
import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { seed } from './demo-data.mjs'
import { afterSetup, runOnProjectNode } from './setup.mjs'

const data = resolve(process.env.GATEHOUSE_DATA || '.gatehouse')
const marker = join(data, process.env.GATEHOUSE_SERVICE_FILE || 'service.json')
const say = (line) => process.stderr.write(`${line}\n`)

/** Waits for the service to be ready, then seeds it; a service that ends first ends the wait. */
async function seedOnceReady(ended) {
  while (!existsSync(marker)) {
    if (ended.aborted) return
    await delay(100)
  }
  await seed(data, say).catch((error) => say(`Demo data could not be made: ${error.message}`))
}

await afterSetup(async () => {
  rmSync(marker, { force: true })
  const ended = new AbortController()
  const code = runOnProjectNode('dist/api/main.js', process.argv.slice(2)).finally(() => ended.abort())
  if (!process.env.DATABASE_URL && !process.argv.includes('--check-config')) void seedOnceReady(ended.signal)
  return code
})
