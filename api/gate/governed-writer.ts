import { actionEntry } from '#contract/actions.js'
import type { Permit } from '#contract/decisions/outcome.js'
import type { GovernedTransaction } from './gate.types.js'

/** What a governed transaction is opened with: settings that row-level security and the triggers read. */
export interface GovernedSettings {
  readonly decisionId: string
  readonly tenantId: string
  /** Rows of other tenants may be seen and written, where the action says so. */
  readonly crossTenant: boolean
}

/** Runs work in one transaction of the governed role. The database provides it; the gate alone may ask for it. */
export interface GovernedDatabase {
  governedTransaction<T>(
    settings: GovernedSettings,
    work: (tx: Pick<GovernedTransaction, 'query'>) => Promise<T>,
  ): Promise<T>
}

/** Opens the one transaction that a permit is good for. */
export class GovernedWriter {
  constructor(private readonly database: GovernedDatabase) {}

  /** Commits where `work` resolves, rolls back and raises where it rejects. */
  write<T>(permit: Permit, work: (tx: GovernedTransaction) => Promise<T>): Promise<T> {
    const { decisionId, tenantId, action } = permit
    const crossTenant = actionEntry(action).crossTenant === true
    return this.database.governedTransaction({ decisionId, tenantId, crossTenant }, (tx) =>
      work({ decisionId, tenantId, query: (text, values) => tx.query(text, values) }),
    )
  }
}
