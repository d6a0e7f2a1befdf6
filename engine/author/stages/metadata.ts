import { assembleBundle } from '../../bundle.js'
import { loadPolicy } from '../../load.js'
import { bundleOf } from '../build.js'
import { lintRules } from '../lint.js'
import { remedyFaults } from '../remedies.js'
import type { Stage } from './bench.js'

/** Each public rule says what it is; each reason has an id, a title, a remedy. */
export const metadata: Stage = async (bench) => {
  const linted = lintRules(await bench.parsed())
  if (linted.length > 0) return { faults: linted }
  const { reasons, faults } = await bench.catalogue()
  return { faults, detail: `${Object.keys(reasons).length} reasons` }
}

/** Each remedy that changes facts is proven by a golden case. */
export const remedies: Stage = async (bench) => {
  const { reasons } = await bench.catalogue()
  const engine = await loadPolicy(assembleBundle(bundleOf(await bench.compiled(), reasons)))
  const proven = Object.values(reasons).filter(({ patch }) => patch).length
  return { faults: await remedyFaults(engine, bench.cases.cases), detail: `${proven} patches` }
}
