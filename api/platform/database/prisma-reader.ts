import { PrismaPg } from '@prisma/adapter-pg'
import type { Pool } from 'pg'
import { PrismaClient, type Prisma } from '#prisma/generated/client.js'
import { scopeSettings, type Scope } from './scope.rules.js'

/** One read-only transaction of Prisma's, in a scope. What is not in the scope is not there; nothing can be written. */
export type ScopedReader = Omit<Prisma.TransactionClient, `$${string}`>

/** Longest wait for a connection, and longest transaction; as long as the pool itself allows. */
const WAIT_MS = 5_000
const TRANSACTION_MS = 15_000

/**
 * Prisma over the reader's pool: for administrative reads, where its words are plainer than SQL. A transaction costs seven
 * times what `pg` takes for the same, so nothing that a call of an extension waits for comes this way.
 */
export class PrismaReader {
  private readonly client: PrismaClient

  /** @param pool connections in the reader's role, in UTC; whoever opened the pool ends it */
  constructor(pool: Pool) {
    this.client = new PrismaClient({
      adapter: new PrismaPg(pool),
      transactionOptions: { maxWait: WAIT_MS, timeout: TRANSACTION_MS },
    })
  }

  /** Reads in a transaction that sees the rows of the scope and no others. Rejects as the driver or the server does. */
  inScope<T>(scope: Scope, work: (reader: ScopedReader) => Promise<T>): Promise<T> {
    return this.client.$transaction(async (tx) => {
      for (const [name, value] of scopeSettings(scope)) await tx.$queryRaw`SELECT set_config(${name}, ${value}, true)`
      return work(tx)
    })
  }
}
