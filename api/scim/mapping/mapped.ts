import type { GovernedTransaction } from '../../gate/gate.types.js'
import { usersOf } from '../http/ask.js'
import type { Change } from '../provisioning/change.js'
import { findMapping } from './mapping.repository.js'
import { mappingBy, type Mapping } from './mapping.rules.js'

const known = new WeakMap<GovernedTransaction, Promise<Mapping>>()

/**
 * The mapping that holds for what a request changes. It is read in its transaction, until whose end nobody writes another
 * (`keepMapping`): so nobody is left as an older one had them.
 */
export const mappingOf = (change: Pick<Change, 'tx' | 'caller'>): Promise<Mapping> => {
  const there = known.get(change.tx)
  if (there) return there
  const read = async (): Promise<Mapping> =>
    mappingBy(await findMapping(change.tx, change.caller.tenantId), usersOf(change))
  const reading = read()
  known.set(change.tx, reading)
  return reading
}
