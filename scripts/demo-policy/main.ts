import { parseArgs } from 'node:util'
import { printer, runSteps, summarise } from '../demo/lines.js'
import { World } from '../demo/world.js'
import { orderedSteps } from './order.js'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

const print = printer(values.json)

/** The service finds its `opa` as it always does; one that this demo was given is handed on. */
const settings = async (): Promise<Record<string, string>> =>
  process.env['OPA_BIN'] ? { OPA_BIN: process.env['OPA_BIN'] } : {}

/** A service that does not come up is a failure of every step, told in the same form. */
const open = (): Promise<World | null> =>
  World.create(settings).catch((error: Error) => {
    print({ step: 'service_started', ok: false, evidence: { error: error.message } })
    return null
  })

const { steps, absent } = await orderedSteps()
if (absent.length > 0) process.stderr.write(`• not shown yet, and not counted: ${absent.join(', ')}\n`)
const world = await open()
try {
  const lines = world
    ? await runSteps(steps, world, print)
    : steps.map(({ name }) => ({ step: name, ok: false, evidence: {} }))
  process.exitCode = summarise(lines, { json: values.json, all: steps.length })
} finally {
  await world?.close()
}
