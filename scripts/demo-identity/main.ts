import { parseArgs } from 'node:util'
import { printer, runSteps, summarise, summariseSelfTest } from '../demo/lines.js'
import { allowAllBundle } from '../demo/policy-bundles.js'
import type { Line, Step } from '../demo/step.js'
import { findChromium, NO_CHROMIUM } from '../sso/find-chromium.js'
import { brakingSteps } from './steps/braking.js'
import { joiningSteps } from './steps/joining.js'
import { leavingSteps } from './steps/leaving.js'
import { otherWaysSteps } from './steps/other-ways.js'
import { provingSteps } from './steps/proving.js'
import { workingSteps } from './steps/working.js'
import { IdentityWorld } from './world.js'

const STEPS: readonly Step<IdentityWorld>[] = [
  ...joiningSteps,
  ...workingSteps,
  ...leavingSteps,
  ...brakingSteps,
  ...otherWaysSteps,
  ...provingSteps,
]

/** Under a policy that lets everything through, these must be seen to fail, and these must hold all the same. */
const SELF_TEST = {
  mustFail: [
    'domain_verified',
    'sso_signed_in',
    'step_up_required',
    'mass_deprovision_braked',
    'passwords_refused_under_sso',
    'workload_identity_exchanged',
    'person_erased_ledger_verifies',
  ],
  mustHold: [
    'scim_connected',
    'people_synced',
    'role_from_group',
    'call_allowed',
    'deactivated_by_sync',
    'device_login',
  ],
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, 'self-test': { type: 'boolean', default: false } },
})
const print = printer(values.json)

/** A world that does not come up is a failure of every step, told in the same form. */
const open = async (executable: string): Promise<IdentityWorld | null> => {
  try {
    return await IdentityWorld.create(executable, values['self-test'] ? allowAllBundle : async () => ({}))
  } catch (error) {
    print({ step: 'service_started', ok: false, evidence: { error: (error as Error).message } })
    return null
  }
}

const runAll = async (executable: string): Promise<Line[]> => {
  const world = await open(executable)
  if (!world) return STEPS.map(({ name }) => ({ step: name, ok: false, evidence: {} }))
  try {
    return await runSteps(STEPS, world, print)
  } finally {
    await world.close()
  }
}

const executable = findChromium()
if (!executable) process.stderr.write(NO_CHROMIUM)
const lines = executable ? await runAll(executable) : []
process.exitCode =
  executable && values['self-test']
    ? summariseSelfTest(lines, SELF_TEST)
    : summarise(lines, { json: values.json, all: STEPS.length })
