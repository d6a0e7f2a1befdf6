import type { ScimEffect } from '#contract/api/scim.js'
import type { ScimOperation } from '#contract/vocabulary.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { HeldOff } from './held-off.js'
import type { Caller, ScimGrant } from '../../platform/http/caller.js'

/** Whoever comes by a connection. */
export interface ScimCaller extends Caller {
  readonly tenantId: string
  readonly scim: ScimGrant
}

/** What a request of an identity provider asks for. */
export interface Asked {
  readonly caller: ScimCaller
  readonly method: string
  /** Below the service's own address, without a query. */
  readonly path: string
  readonly operation: ScimOperation
  readonly resource: 'User' | 'Group' | 'Bulk'
  readonly resourceId: string | null
  /** Operations; more than one in a Bulk request. */
  readonly count: number
  /** What is answered where all goes well. */
  readonly status: number
}

/** One operation of a Bulk request that was refused while others were done. */
export interface Refused {
  readonly method: string
  readonly path: string
  readonly error: unknown
}

/** A request while it is carried out: the transaction, and what it has changed in it so far. */
export interface Change {
  readonly tx: GovernedTransaction
  readonly caller: ScimCaller
  readonly asked: Asked
  readonly effects: ScimEffect[]
  readonly refused: Refused[]
}

/**
 * Looks at what a request changed, in its transaction and before it is committed; of a Bulk request at each operation by
 * itself. `effects` are those that nobody looked at yet; more may be added. Raises ScimError to undo them.
 */
export type ProvisioningGuard = (change: Change) => Promise<void>

/** Told of what was held off, once it is rolled back; never of a preview. */
export type HeldOffListener = (asked: Asked, held: readonly HeldOff[]) => Promise<void>
