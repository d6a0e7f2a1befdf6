import type { GovernedTransaction } from '../../gate/gate.types.js'
import { usersOf } from '../http/ask.js'
import type { Change } from '../provisioning/change.js'
import { findKeptMapping } from './mapping.repository.js'
import { mappingBy, type Mapping } from './mapping.rules.js'

const kept = new WeakMap<GovernedTransaction, Mapping>()

/** Keeps the mapping of an organisation from being written until the transaction ends, so that nobody is left as an older one had them. */
export const keepMapping = async (tx: GovernedTransaction, caller: Change['caller']): Promise<void> => {
  kept.set(tx, mappingBy(await findKeptMapping(tx), usersOf({ caller })))
}

/** The mapping that holds for what a request changes of people. */
export const mappingOf = ({ tx }: Pick<Change, 'tx'>): Mapping => {
  const mapping = kept.get(tx)
  if (!mapping) throw new Error('a mapping is kept before people are changed')
  return mapping
}
