import { parseArgs } from 'node:util'
import { detectWall } from '#runtime/launcher/probe.js'
import { Attempts } from './attempts.js'
import { callAll } from './calls.js'
import { Canaries } from './canaries.js'
import { ESCAPED_PROBES, plunder } from './escaped.js'
import { NOBODY, UntrustedGround } from './ground.js'
import { lookAround, PEOPLE_PROBES } from './people.js'
import { Phases } from './phases.js'
import { randomFrom } from './random.js'
import { readRows, ROWS_PROBE } from './rows.js'
import { withoutWalls } from './self-test.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    'self-test': { type: 'boolean', default: false },
    extensions: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string' },
  },
})
/** Every kind of guest once is enough where only walls are tried. */
const count = Number(values.extensions ?? (values['self-test'] ? 18 : 50))
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32))
const progress = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`)
}

progress(`seed ${seed}`)
const draw = randomFrom(seed)
const canaries = new Canaries(draw)
const attempts = new Attempts()
const phases = new Phases(progress)
const ground = await phases.time('lay', () => UntrustedGround.lay({ count, canaries, progress }))
try {
  attempts.expect(...ground.extensions.map(({ probe }) => probe.name), ...PEOPLE_PROBES, ROWS_PROBE, ...ESCAPED_PROBES)
  const looking = { ground, canaries, attempts, draw, progress }
  const traces = await phases.time('call', () => callAll(looking, Number(values.rounds)))
  progress(`called: ${JSON.stringify(attempts.byAnswer)}`)
  await phases.time('look', () => lookAround(looking, traces))
  await phases.time('rows', () => readRows(looking))
  await phases.time('plunder', async () => plunder({ ...looking, wall: (await detectWall()).kind }))
  for (const leak of canaries.leaks) progress(`LEAK ${JSON.stringify(leak)}`)
  const seen = canaries.seenByOwners
  const nowhere = Object.keys(seen).filter((place) => seen[place] === 0 && place !== NOBODY)
  const summary = {
    extensions: ground.extensions.length,
    probes: Object.keys(attempts.byProbe).length,
    attempts: attempts.byProbe,
    leaks: canaries.leaks.length,
    seed,
    organisations: ground.organisations.length,
    canaries: canaries.planted,
    searched: canaries.observations,
    seen_by_owners: seen,
    ...(attempts.missing.length > 0 && { not_attempted: attempts.missing }),
    ...(nowhere.length > 0 && { planted_nowhere: nowhere }),
    ...(canaries.leaks.length > 0 && { leaked: canaries.leaks.slice(0, 20) }),
  }
  const sound = summary.leaks === 0 && attempts.missing.length === 0 && nowhere.length === 0
  if (values['self-test']) {
    const without = await phases.time('self_test', () => withoutWalls({ ...looking, traces, phases }))
    const unnoticed = Object.entries(without).flatMap(([wall, leaks]) => (leaks === 0 ? [wall] : []))
    process.stdout.write(`${JSON.stringify({ ...summary, self_test: without, unnoticed, seconds: phases.seconds })}\n`)
    process.exitCode = sound && unnoticed.length === 0 ? 0 : 1
  } else {
    process.stdout.write(`${JSON.stringify({ ...summary, seconds: phases.seconds })}\n`)
    process.exitCode = sound ? 0 : 1
  }
} finally {
  await ground.close()
}
