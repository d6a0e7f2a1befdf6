import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { Pool, QueryConfig, QueryResult, QueryResultRow } from 'pg'
import { openPool, type Role } from './pools.js'
import { PrismaReader, type ScopedReader } from './prisma-reader.js'
import type { Queryable } from './queryable.js'
import { scopeSettings, type Scope, type Setting } from './scope.rules.js'
import { inTransaction, type Transaction } from './transaction.js'

/** What a governed transaction runs under: the decision it spends and the rows it may see. */
export interface GovernedSettings {
  decisionId: string
  scope: Scope
  /** The organisation that cross-tenant work acts for, where the scope is the platform's. */
  tenantId?: string
}

/**
 * The four ways into PostgreSQL, one pool each. Which rows and statements a way admits is enforced by the server.
 * Every method rejects with the driver's error where the server cannot be reached or refuses.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly reader: Pool
  private readonly prisma: PrismaReader
  private readonly governed: Pool
  private readonly extension: Pool
  private closing: Promise<void> | undefined
  /** Appends the rows named in the governance migration: decisions, executions, usage, outbox, leases, ledger. */
  readonly records: Pool

  /**
   * @param url the login that owns nothing
   * @param onIdleError told when an idle connection breaks
   */
  constructor(
    readonly url: string,
    onIdleError: (error: Error) => void = () => {},
  ) {
    const open = (role: Role) => openPool(url, role, onIdleError)
    this.reader = open('gatehouse_reader')
    this.prisma = new PrismaReader(this.reader)
    this.records = open('gatehouse_records')
    this.governed = open('gatehouse_governed')
    this.extension = open('gatehouse_extension_data')
  }

  /** Reads inside one read-only transaction that sees the rows of the scope and no others. */
  inScope<T>(scope: Scope, work: (tx: Queryable) => Promise<T>): Promise<T> {
    return inTransaction(this.reader, { mode: 'READ ONLY', settings: scopeSettings(scope) }, work)
  }

  /** As `inScope`, in Prisma's words: for administrative reads. Not from inside another transaction: both wait for the pool. */
  read<T>(scope: Scope, work: (reader: ScopedReader) => Promise<T>): Promise<T> {
    return this.prisma.inScope(scope, work)
  }

  /** Writes governed rows under one decision. `api/gate` alone calls it, with a permit that it minted. */
  governedTransaction<T>(settings: GovernedSettings, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const tenant: Setting[] = settings.tenantId === undefined ? [] : [['gatehouse.tenant', settings.tenantId]]
    return inTransaction(
      this.governed,
      {
        mode: 'READ WRITE',
        settings: [...scopeSettings(settings.scope), ...tenant, ['gatehouse.decision', settings.decisionId]],
      },
      work,
    )
  }

  /** Reads and writes what extensions of one tenant keep. The work names its execution where it deletes. */
  extensionData<T>(tenantId: string, work: (tx: Queryable) => Promise<T>): Promise<T> {
    return inTransaction(this.extension, { mode: 'READ WRITE', settings: scopeSettings({ tenant: tenantId }) }, work)
  }

  /** Asks one statement of what extensions keep. It puts its tenant into force by itself; without one no row is seen. */
  extensionQuery<Row extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<Row>> {
    return this.extension.query<Row>(query)
  }

  /** How many connections each pool has and how many callers wait for one; for metrics. */
  connections(): { role: Role; idle: number; busy: number; waiting: number }[] {
    const state = (role: Role, { idleCount, totalCount, waitingCount }: Pool) => ({
      role,
      idle: idleCount,
      busy: totalCount - idleCount,
      waiting: waitingCount,
    })
    return [
      state('gatehouse_reader', this.reader),
      state('gatehouse_records', this.records),
      state('gatehouse_governed', this.governed),
      state('gatehouse_extension_data', this.extension),
    ]
  }

  /** Closes every connection once its work is done. Asked again, it waits for the same end. */
  close(): Promise<void> {
    const pools = [this.reader, this.records, this.governed, this.extension]
    this.closing ??= Promise.all(pools.map((pool) => pool.end())).then(() => undefined)
    return this.closing
  }

  onApplicationShutdown(): Promise<void> {
    return this.close()
  }
}
