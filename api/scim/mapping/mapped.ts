import { isDeepStrictEqual } from 'node:util'
import type { ScimMappingDocument } from '#contract/api/scim-mapping.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import { usersOf } from '../http/ask.js'
import type { Change, ScimCaller } from '../provisioning/change.js'
import { findKeptMapping } from './mapping.repository.js'
import { mappingBy, type Mapping } from './mapping.rules.js'

const kept = new WeakMap<GovernedTransaction, Promise<Mapping>>()

interface Held {
  readonly document: ScimMappingDocument | undefined
  readonly mapping: Mapping
}
/** What held when a caller last wrote, by what the organisation had laid down when the caller was looked up. */
const held = new WeakMap<object, Held>()

const mappingNow = (document: ScimMappingDocument | undefined, caller: ScimCaller): Mapping => {
  const before = held.get(caller.scim.schemas)
  if (before && isDeepStrictEqual(before.document, document)) return before.mapping
  const mapping = mappingBy(document, usersOf({ caller }))
  held.set(caller.scim.schemas, { document, mapping })
  return mapping
}

/**
 * Keeps the mapping of an organisation from being written until the transaction ends, so that nobody is left as an older one had them.
 * Whoever needs it waits for it by `mappingOf`.
 */
export const keepMapping = (tx: GovernedTransaction, caller: ScimCaller): void => {
  const mapping = findKeptMapping(tx).then((document) => mappingNow(document, caller))
  // Told to whoever waits for it; where nobody does, the transaction is told.
  mapping.catch(() => undefined)
  kept.set(tx, mapping)
}

/** The mapping that holds for what a request changes of people. */
export const mappingOf = async ({ tx }: Pick<Change, 'tx'>): Promise<Mapping> => {
  const mapping = kept.get(tx)
  if (!mapping) throw new Error('a mapping is kept before people are changed')
  return mapping
}

/**
 * What is found by the mapping that holds. It is looked for along with it by the one that held before, which is nearly always the same,
 * and once more where it is not.
 */
export const foundBy = async <T>(
  change: Pick<Change, 'tx' | 'caller'>,
  find: (mapping: Mapping) => Promise<T>,
): Promise<T> => {
  const before = held.get(change.caller.scim.schemas)?.mapping
  const early = before && find(before)
  early?.catch(() => undefined)
  const mapping = await mappingOf(change)
  return early && mapping === before ? early : find(mapping)
}
