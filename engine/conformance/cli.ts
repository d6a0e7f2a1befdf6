import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { openOpa } from '../author/opa.js'
import { runSuite } from './run-suite.js'
import { skipOf, SKIPS } from './skips.js'
import { readSuite } from './suite.js'

const { values } = parseArgs({
  options: {
    opa: { type: 'string' },
    suite: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

if (!values.opa || !values.suite) {
  console.error('usage: cli.js --opa PATH --suite FOLDER [--only TEXT] [--json]')
  process.exitCode = 2
} else {
  const say = (line: string) => console.error(line)
  const suite = await readSuite(values.suite)
  const stale = SKIPS.filter((skip) => !suite.some((one) => skipOf(one) === skip))
  for (const { reason } of stale) say(`listed as skipped, but not in the suite: what ${reason}`)
  const cases = suite.filter(({ topic, note }) => `${topic} ${note}`.includes(values.only ?? ''))
  const summary = await runSuite(await openOpa(values.opa), cases, { parallel: availableParallelism(), say })
  console.log(values.json ? JSON.stringify(summary) : describe(summary))
  if (summary.failed > 0 || summary.skipped_unlisted > 0 || summary.cases === 0 || stale.length > 0)
    process.exitCode = 1
}

function describe(summary: object): string {
  return Object.entries(summary)
    .map(([name, count]) => `${String(count).padStart(5)} ${name.replace('_', ', ')}`)
    .join('\n')
}
