import { problem } from '#contract/problems.js'
import { readReceipt } from '../../ledger/export.repository.js'
import type { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import type { Recordings } from './recordings.service.js'

/** Where a recorded execution is looked up. */
export interface RecordedParts {
  readonly database: Pick<Database, 'inScope'>
  readonly recordings: Pick<Recordings, 'open'>
}

/** A recorded execution with its receipt. Raises `not_found`, `execution.not_recorded`. */
export const recorded = async ({ database, recordings }: RecordedParts, caller: Caller, id: string) => {
  const receipt = await database.inScope(scopeOf(caller), (tx) => readReceipt(tx, id))
  if (!receipt) throw problem('not_found')
  const opened = await recordings.open(scopeOf(caller), id)
  if (!opened) throw problem('execution.not_recorded')
  return { receipt, ...opened }
}
