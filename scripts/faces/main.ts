import { isDeepStrictEqual, parseArgs } from 'node:util'
import { ENDPOINTS, type EndpointId } from '#contract/endpoints.js'
import { NotShown } from '../demo/step.js'
import { World } from '../demo/world.js'
import type { Case } from './case.js'
import { FACES, type Face, type Seen } from './faces.js'
import { findCases } from './find-cases.js'
import { Ground } from './ground.js'
import { isPolicyAction } from './policy-actions.js'

/** What was found of one action: by which faces it has the same effect as over REST, and why not by the others. */
interface Line {
  readonly action: EndpointId
  readonly variant?: string
  readonly ok: boolean
  readonly faces: readonly Face[]
  readonly missing: Readonly<Record<string, unknown>>
}

const ACTIONS = (Object.keys(ENDPOINTS) as EndpointId[]).filter(isPolicyAction)

const whyNot = (error: unknown): unknown =>
  error instanceof NotShown ? { error: error.message, seen: error.seen } : { error: (error as Error).message }

/** Does an action once by each face, each on ground of its own, and compares what came of it with REST. */
const compare = async (ground: Ground, one: Case): Promise<Line> => {
  const missing: Record<string, unknown> = {}
  const done: Face[] = []
  let first: Seen | undefined
  for (const [name, face] of Object.entries(FACES) as [Face, (typeof FACES)[Face]][]) {
    try {
      const seen = await face(ground, one)
      first ??= seen
      if (isDeepStrictEqual(seen, first)) done.push(name)
      else missing[name] = { error: 'its effect is another', rest: first, seen }
    } catch (error) {
      missing[name] = whyNot(error)
    }
  }
  const { endpoint: action, variant } = one
  return { action, ...(variant && { variant }), ok: Object.keys(missing).length === 0, faces: done, missing }
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
})

const print = (line: Line): void => {
  const words = `${line.ok ? '✓' : '✗'} ${`${line.action} ${line.variant ?? ''}`.padEnd(28)} ${line.ok ? '' : JSON.stringify(line.missing)}`
  process.stdout.write(`${values.json ? JSON.stringify(line) : words.trimEnd()}\n`)
}

const absent = (action: EndpointId): Line => ({
  ...{ action, ok: false, faces: [] },
  missing: { rest: 'no case', cli: 'no case', console: 'no case' },
})

const cases: ReadonlyMap<EndpointId, readonly Case[]> = await findCases()
const wanted = ACTIONS.filter((id) => values.only === undefined || values.only.includes(id))
const world = await World.create(async () => (process.env['OPA_BIN'] ? { OPA_BIN: process.env['OPA_BIN'] } : {}))
let missing = 0
try {
  const ground = await Ground.lay(world)
  for (const action of wanted) {
    const lines: Line[] = []
    for (const one of cases.get(action) ?? []) lines.push(await compare(ground, one))
    if (lines.length === 0) lines.push(absent(action))
    lines.forEach(print)
    if (!lines.every(({ ok }) => ok)) missing++
  }
} finally {
  await world.close()
}
process.stdout.write(`${JSON.stringify({ actions: wanted.length, missing })}\n`)
process.exit(missing === 0 ? 0 : 1)
