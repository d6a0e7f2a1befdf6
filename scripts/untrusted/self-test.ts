import { SlotGround } from '../hostile/grounds/slots.js'
import { nodeAlone } from '../hostile/grounds/escaped.js'
import { WITHOUT_ROW_LEVEL_SECURITY } from '../hostile/self-test.js'
import { Attempts } from './attempts.js'
import type { Traces } from './calls.js'
import { Canaries } from './canaries.js'
import { plunder } from './escaped.js'
import { GUEST_PROBES } from './extensions.js'
import type { UntrustedGround } from './ground.js'
import { lookAround } from './people.js'
import type { Phases } from './phases.js'
import { readRows } from './rows.js'

interface Trial {
  readonly ground: UntrustedGround
  readonly canaries: Canaries
  readonly traces: ReadonlyMap<string, Traces>
  readonly draw: () => number
  readonly phases: Phases
}

/** How many new leaks there are without one wall. */
export type Without = Readonly<Record<'launcher' | 'recycling' | 'row_level_security', number>>

const ROUNDS = 4
/** Modules of their own: what QuickJS brings along does not start without the names by which a slot puts it back. */
const IN_MEMORY = GUEST_PROBES.filter(({ inMemory, languages }) => inMemory === true && languages.includes('wat'))

/** Takes one wall away at a time: where nothing leaks then, that nothing leaked before proves nothing. */
export const withoutWalls = async (trial: Trial): Promise<Without> => {
  const { ground, phases, draw } = trial
  return {
    launcher: await phases.time('without launcher', () =>
      newLeaks(trial, (attempts) => plunder({ ...trial, attempts, wall: nodeAlone() })),
    ),
    recycling: await phases.time('without recycling', () => withoutRecycling(draw)),
    row_level_security: await phases.time('without row-level security', () =>
      newLeaks(trial, async (attempts) => {
        const owner = await ground.world.postgres('owner')
        await owner.query(WITHOUT_ROW_LEVEL_SECURITY)
        owner.close()
        await readRows({ ...trial, attempts })
        await lookAround({ ...trial, attempts }, trial.traces)
      }),
    ),
  }
}

const newLeaks = async ({ canaries }: Trial, work: (attempts: Attempts) => Promise<void>): Promise<number> => {
  const before = canaries.leaks.length
  await work(new Attempts())
  return canaries.leaks.length - before
}

/** The guests that look into memory, in slots that find nothing to put back. */
const withoutRecycling = async (draw: () => number): Promise<number> => {
  const ground = await SlotGround.lay({ forgetful: true })
  const canaries = new Canaries(draw)
  try {
    for (const [number, probe] of IN_MEMORY.entries())
      for (let round = 0; round < ROUNDS; round++) {
        const call = `${number}.${round}`
        const plant = canaries.plant({ tenant: 'acme', place: 'memory', call })
        const body = (probe.body ?? JSON.stringify)({ plant, others: [], urls: [] })
        const source = probe.source(probe.languages[0]!, number)
        const { response } = await ground.execute({ source }, { body, limits: { fuel: 100_000_000 } })
        const text = response === undefined ? '' : Buffer.from(response.body).toString('latin1')
        canaries.observe({ tenant: 'acme', call, probe: probe.name, where: 'a slot', text })
      }
    return canaries.leaks.length
  } finally {
    await ground.close()
  }
}
