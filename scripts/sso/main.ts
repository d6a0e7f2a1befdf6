import { parseArgs } from 'node:util'
import { runStep, type Line, type Step } from '../demo/step.js'
import { browserSteps } from './browser-steps.js'
import { commandSteps } from './command-steps.js'
import { endingSteps } from './ending-steps.js'
import { findChromium } from './find-chromium.js'
import { SsoWorld } from './world.js'

const STEPS: readonly Step<SsoWorld>[] = [...browserSteps, ...commandSteps, ...endingSteps]

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

const print = (line: Line): void => {
  const words = `${line.ok ? '✓' : '✗'} ${line.step.padEnd(28)} ${JSON.stringify(line.evidence).slice(0, 200)}`
  process.stdout.write(`${values.json ? JSON.stringify(line) : words}\n`)
}

const summarise = (passed: number, failed: number, notRun: number): void => {
  const told = { passed, failed, ...(notRun > 0 && { not_run: notRun }) }
  process.stdout.write(
    values.json ? `${JSON.stringify(told)}\n` : `${passed} passed, ${failed} failed, ${notRun} not run\n`,
  )
  process.exitCode = failed + notRun === 0 ? 0 : 1
}

const runAll = async (executable: string): Promise<void> => {
  const world = await SsoWorld.open(executable)
  try {
    let failed = 0
    for (const step of STEPS) {
      const line = await runStep(step, world)
      if (!line.ok) failed++
      print(line)
    }
    summarise(STEPS.length - failed, failed, 0)
  } finally {
    await world.close()
  }
}

const executable = findChromium()
if (executable) await runAll(executable)
else {
  process.stderr.write('Chromium is not installed, so nothing was run: apt-get install chromium, or set CHROMIUM_BIN\n')
  summarise(0, 0, STEPS.length)
}
