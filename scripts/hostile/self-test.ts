import { runCase, type HostileCase, type Line, type Wall } from './case.js'
import { EscapedGround } from './grounds/escaped.js'
import { ServiceGround } from './grounds/service.js'
import { SlotGround } from './grounds/slots.js'

interface Trial {
  /** Which cases lean on this wall alone. */
  readonly leans: (one: HostileCase) => boolean
  /** Their ground without it. */
  readonly lay: () => Promise<{ readonly ground: unknown; readonly close: () => Promise<void> }>
}

/** What an owner of the tables says to take row-level security away. */
export const WITHOUT_ROW_LEVEL_SECURITY = `DO $$ DECLARE one regclass; BEGIN
  FOR one IN SELECT oid::regclass FROM pg_class WHERE relrowsecurity LOOP
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', one);
  END LOOP;
END $$`

const TRIALS: Readonly<Record<Wall, Trial>> = {
  launcher: {
    leans: ({ ground }) => ground === 'escaped',
    lay: async () => ({ ground: new EscapedGround(true), close: async () => {} }),
  },
  recycling: {
    leans: ({ name }) => name.startsWith('memory: '),
    lay: async () => {
      const ground = await SlotGround.lay({ forgetful: true })
      return { ground, close: () => ground.close() }
    },
  },
  row_level_security: {
    leans: ({ name }) => name.startsWith('rows: '),
    lay: async () => {
      const ground = await ServiceGround.lay()
      const owner = await ground.world.postgres('owner')
      await owner.query(WITHOUT_ROW_LEVEL_SECURITY)
      owner.close()
      return { ground, close: () => ground.close() }
    },
  },
}

/**
 * Takes one wall away at a time and runs what leans on it: where nothing escapes then, the cases prove nothing. For each
 * wall the number of cases and of escapes; `ok` where each had some.
 */
export const selfTest = async (
  cases: readonly HostileCase[],
  print: (line: Line) => void,
): Promise<{ ok: boolean; summary: Record<string, unknown> }> => {
  const without: Record<string, { cases: number; escapes: number }> = {}
  for (const [wall, { leans, lay }] of Object.entries(TRIALS)) {
    const { ground, close } = await lay()
    const lines: Line[] = []
    try {
      for (const one of cases.filter(leans)) {
        const line = await runCase(one, () => Promise.resolve(ground as never))
        print({ ...line, case: `without ${wall}: ${line.case}` })
        lines.push(line)
      }
    } finally {
      await close()
    }
    without[wall] = { cases: lines.length, escapes: lines.filter(({ verdict }) => verdict === 'escaped').length }
  }
  const unnoticed = Object.keys(without).filter((wall) => without[wall]!.escapes === 0)
  return { ok: unnoticed.length === 0, summary: { self_test: without, unnoticed } }
}
