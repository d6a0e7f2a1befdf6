import { parseArgs } from 'node:util'
import { printer, runSteps, summarise, summariseSelfTest } from './lines.js'
import { allowAllBundle, shippedCopy } from './policy-bundles.js'
import type { Step } from './step.js'
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

const print = printer(values.json)

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
  const lines = world
    ? await runSteps(STEPS, world, print)
    : STEPS.map(({ name }) => ({ step: name, ok: false, evidence: {} }))
  process.exitCode = values['self-test']
    ? summariseSelfTest(lines, { mustFail: MUST_FAIL, mustHold: MUST_HOLD })
    : summarise(lines, { json: values.json, all: STEPS.length })
} finally {
  await world?.close()
}
