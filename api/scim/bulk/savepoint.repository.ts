import type { GovernedTransaction } from '../../gate/gate.types.js'

/** Does one thing within a transaction; where it fails, that alone is undone and the failure raised. */
export const inSavepoint = async <T>(tx: GovernedTransaction, work: () => Promise<T>): Promise<T> => {
  await tx.query('SAVEPOINT operation')
  try {
    const result = await work()
    await tx.query('RELEASE SAVEPOINT operation')
    return result
  } catch (error) {
    await tx.query('ROLLBACK TO SAVEPOINT operation')
    await tx.query('RELEASE SAVEPOINT operation')
    throw error
  }
}
