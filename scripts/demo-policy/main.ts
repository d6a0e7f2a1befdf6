import { parseArgs } from 'node:util'
import { runStep, type Line, type Step } from '../demo/step.js'
import { World } from '../demo/world.js'
import { draftSteps } from './steps/drafts.js'
import { forceSteps } from './steps/force.js'
import { sealSteps } from './steps/seal.js'
import { tenantSteps } from './steps/tenant.js'

/** What the life of a policy is shown by, in its order. Each builds on what those before it left behind. */
const STEPS: readonly Step[] = [...draftSteps, ...sealSteps, ...forceSteps, ...tenantSteps]

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

const print = (line: Line): void => {
  const words = `${line.ok ? '✓' : '✗'} ${line.step.padEnd(32)} ${JSON.stringify(line.evidence).slice(0, 200)}`
  process.stdout.write(`${values.json ? JSON.stringify(line) : words}\n`)
}

/** The service finds its `opa` as it always does; one that this demo was given is handed on. */
const settings = async (): Promise<Record<string, string>> =>
  process.env['OPA_BIN'] ? { OPA_BIN: process.env['OPA_BIN'] } : {}

/** A service that does not come up is a failure of every step, told in the same form. */
const open = (): Promise<World | null> =>
  World.create(settings).catch((error: Error) => {
    print({ step: 'service_started', ok: false, evidence: { error: error.message } })
    return null
  })

const world = await open()
let passed = 0
try {
  for (const step of world ? STEPS : []) {
    const line = await runStep(step, world!)
    print(line)
    if (line.ok) passed += 1
  }
} finally {
  await world?.close()
}
const failed = STEPS.length - passed
process.stdout.write(`${values.json ? JSON.stringify({ passed, failed }) : `${passed} passed, ${failed} failed`}\n`)
process.exitCode = failed === 0 ? 0 : 1
