import { parseArgs } from 'node:util'
import { allowAllBundle, shippedCopy } from './policy-bundles.js'
import { runStep, type Line, type Step } from './step.js'
import { callSteps } from './steps/call.js'
import { crashSteps } from './steps/crash.js'
import { executionSteps } from './steps/execution.js'
import { faultSteps } from './steps/faults.js'
import { killSteps } from './steps/kill.js'
import { proofSteps } from './steps/proof.js'
import { publishSteps } from './steps/publish.js'
import { referenceSteps } from './steps/references.js'
import { World } from './world.js'

const STEPS: readonly Step[] = [
  ...publishSteps,
  ...callSteps,
  ...executionSteps,
  ...referenceSteps,
  ...killSteps,
  ...faultSteps,
  ...crashSteps,
  ...proofSteps,
]

/** Under a policy that lets everything through, these must be seen to fail, and these must hold all the same. */
const MUST_FAIL = [
  'publish_unsigned_refused',
  'certification_finding_refused',
  'review_held',
  'self_approval_refused',
  'install_without_consent_held',
  'call_without_scope_denied',
]
const MUST_HOLD = ['cross_tenant_hidden', 'write_without_permit_refused', 'fuel_exhausted', 'killed']

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, 'self-test': { type: 'boolean', default: false } },
})

const print = (line: Line): void => {
  const words = `${line.ok ? '✓' : '✗'} ${line.step.padEnd(32)} ${JSON.stringify(line.evidence).slice(0, 200)}`
  process.stdout.write(`${values.json ? JSON.stringify(line) : words}\n`)
}

const runAll = async (world: World): Promise<Line[]> => {
  const lines: Line[] = []
  for (const step of STEPS) {
    const line = await runStep(step, world)
    print(line)
    lines.push(line)
  }
  return lines
}

const summarise = (lines: readonly Line[]): void => {
  const passed = lines.filter(({ ok }) => ok).length
  const failed = lines.length - passed
  if (!values['self-test']) {
    process.stdout.write(`${values.json ? JSON.stringify({ passed, failed }) : `${passed} passed, ${failed} failed`}\n`)
    process.exitCode = failed === 0 ? 0 : 1
    return
  }
  const isOk = (name: string): boolean => lines.some(({ step, ok }) => step === name && ok)
  const unnoticed = MUST_FAIL.filter(isOk)
  const lost = MUST_HOLD.filter((name) => !isOk(name))
  process.stdout.write(
    `${JSON.stringify({ passed, failed, self_test: { must_fail: MUST_FAIL.length, unnoticed, must_hold: MUST_HOLD.length, lost } })}\n`,
  )
  process.exitCode = unnoticed.length + lost.length === 0 ? 0 : 1
}

/** A service that does not come up is a failure of every step, told in the same form. */
const open = async (): Promise<World | null> => {
  try {
    return await World.create(values['self-test'] ? allowAllBundle : shippedCopy)
  } catch (error) {
    print({ step: 'service_started', ok: false, evidence: { error: (error as Error).message } })
    return null
  }
}

const world = await open()
try {
  summarise(world ? await runAll(world) : STEPS.map(({ name }) => ({ step: name, ok: false, evidence: {} })))
} finally {
  await world?.close()
}
