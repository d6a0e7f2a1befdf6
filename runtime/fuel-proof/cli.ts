import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { proveFuel } from './run.js'

const { values } = parseArgs({
  options: {
    suite: { type: 'string', multiple: true, default: [] },
    generated: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const generated = Number(values.generated)
const LEAST_MODULES = 200

if (!Number.isSafeInteger(generated) || generated < 0) {
  console.error('usage: cli.js [--suite FOLDER]… [--generated N] [--seed S] [--json]')
  process.exitCode = 2
} else {
  const say = (line: string): void => console.error(line)
  const options = { seed: values.seed, generated, suite: values.suite, parallel: availableParallelism(), say }
  const { summary, unproven } = await proveFuel(options)
  if (unproven.length > 0) say(`opcodes admitted and not run, or run and not known as admitted: ${unproven.join(', ')}`)
  if (summary.modules < LEAST_MODULES) say(`${summary.modules} modules are too few: ${LEAST_MODULES} at least`)
  if (values.json) console.log(JSON.stringify(summary))
  else console.table(summary)
  const faults = summary.result_differences + summary.fuel_nondeterminism + unproven.length
  if (faults > 0 || summary.modules < LEAST_MODULES) process.exitCode = 1
}
