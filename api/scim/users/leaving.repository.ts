import type { GovernedTransaction } from '../../gate/gate.types.js'

/** Asks at once what is otherwise asked on commit: whether an owner is left. Raises GH060 where none is. */
export const requireOwnerLeft = async (tx: GovernedTransaction): Promise<void> => {
  await tx.query('SET CONSTRAINTS owner_stays IMMEDIATE; SET CONSTRAINTS owner_stays DEFERRED')
}
