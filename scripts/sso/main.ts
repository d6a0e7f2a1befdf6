import { parseArgs } from 'node:util'
import { printer, runSteps, summarise } from '../demo/lines.js'
import type { Step } from '../demo/step.js'
import { browserSteps } from './browser-steps.js'
import { commandSteps } from './command-steps.js'
import { endingSteps } from './ending-steps.js'
import { findChromium, NO_CHROMIUM } from './find-chromium.js'
import { localSteps } from './local-steps.js'
import { samlSteps } from './saml-steps.js'
import { SsoWorld } from './world.js'

const STEPS: readonly Step<SsoWorld>[] = [...browserSteps, ...commandSteps, ...endingSteps, ...samlSteps, ...localSteps]

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

const runAll = async (executable: string) => {
  const world = await SsoWorld.open(executable)
  try {
    return await runSteps(STEPS, world, printer(values.json))
  } finally {
    await world.close()
  }
}

const executable = findChromium()
if (!executable) process.stderr.write(NO_CHROMIUM)
process.exitCode = summarise(executable ? await runAll(executable) : [], { json: values.json, all: STEPS.length })
