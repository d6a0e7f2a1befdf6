import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { openOpa } from '../author/opa.js'
import { readPolicyFolder } from '../author/policy-files.js'
import { readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { loadPolicy } from '../load.js'
import { runDifferential, type RunResult } from './run.js'

const USAGE = 'usage: cli.js --opa PATH [--inputs N] [--seed S] [--json]'
const { values } = parseArgs({
  options: {
    opa: { type: 'string' },
    inputs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})

const [inputs, seed] = [Number(values.inputs), Number(values.seed)]
if (!values.opa || !Number.isSafeInteger(inputs) || inputs < 1 || !Number.isSafeInteger(seed)) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const files = await readPolicyFolder(dirname(shippedBundleFolder()))
  const engine = await loadPolicy(await readShippedBundle())
  const say = (line: string) => console.error(line)
  const result = await runDifferential({ tool: await openOpa(values.opa), engine, files, inputs, seed, say })
  explain(result)
  if (values.json) console.log(JSON.stringify(result.summary))
  else console.table(result.summary.gates)
  if (result.summary.differences > 0 || result.shortfalls.length > 0) process.exitCode = 1
}

function explain({ shown, shortfalls }: RunResult): void {
  for (const { gate, input, ours, theirs } of shown)
    console.error(`${gate}: ${JSON.stringify(input)}\n  ours:   ${ours}\n  theirs: ${theirs}`)
  for (const line of shortfalls) console.error(line)
}
