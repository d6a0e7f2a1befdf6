import canonicalize from 'canonicalize'
import type { Pool } from 'pg'
import { decisionLeaf } from '#sdk/audit/decision-leaf.rules.js'
import { InexactRecord } from '#sdk/audit/exact-fields.rules.js'
import { leafHash } from '#sdk/audit/merkle.rules.js'
import { digestOf } from '#runtime/digest.js'
import { sqlStateOf } from '../platform/database/sql-state.js'
import { appendStatement } from './append.sql.js'
import { BatchWriter, type Pace } from './batch-writer.js'
import type { DecisionEntry } from './decision-entry.js'
import type { LedgerRow } from './entry.js'
import { LedgerRefused } from './ledger-refused.js'

const MAX_ROWS = 256
const MAX_IN_FLIGHT = 1
const MAX_WAITING = 20_000
/** How long one flush may take. One that is given up may still commit: its decisions are then on record, and never used. */
const FLUSH_TIMEOUT_MS = 5_000

/** SQLSTATE classes that a single row can cause: data, integrity, program limit, raised by a trigger, malformed parameter. */
const ROW_FAULTS = /^(22|23|54|P0|08P01)/
const isRowFault = (error: unknown): boolean => error instanceof TypeError || ROW_FAULTS.test(sqlStateOf(error) ?? '')

export type { Pace }

/** Makes decisions and other leaves durable, many in one statement. The log itself is built behind it by the sequencer. */
export class Ledger {
  readonly #writer: BatchWriter<LedgerRow>

  /** @param records pool of the role that keeps records */
  constructor(records: Pool) {
    this.#writer = new BatchWriter<LedgerRow>({
      write: async (rows) => {
        const statement = { ...appendStatement(rows), query_timeout: FLUSH_TIMEOUT_MS }
        await records.query(statement)
      },
      isRowFault,
      maxRows: MAX_ROWS,
      maxInFlight: MAX_IN_FLIGHT,
      maxWaiting: MAX_WAITING,
    })
  }

  /** Rows that wait for their flush. */
  get waiting(): number {
    return this.#writer.waiting
  }

  /** Resolves once the decision is durable. Rejects with {@link LedgerRefused}; where its own row is at fault, alone. */
  async record(decision: DecisionEntry, pace?: Pace): Promise<void> {
    await this.#writer.add(rowOf(decision), pace)
  }

  /**
   * Keeps something that is no decision, such as a registry event or an execution receipt, as a leaf of the log.
   * Its leaf is the RFC 8785 form of `{body, id, kind}`. Rejects with {@link LedgerRefused}.
   * @param id UUID under which the leaf is found again
   */
  async recordLeaf(kind: string, id: string, body: object): Promise<void> {
    const leaf = Buffer.from(canonicalize({ kind, id, body }) ?? '')
    await this.#writer.add({ id, kind, leaf_hash: leafHash(leaf), body: leaf, decision: null })
  }
}

function rowOf(decision: DecisionEntry): LedgerRow {
  return { id: decision.id, kind: 'decision', leaf_hash: hashOf(decision), body: null, decision }
}

/** Digests of answers: a policy has few, and its engine gives the same array, never to be written to, for the same one. */
const answerDigests = new WeakMap<Uint8Array, string>()

function answerDigest(answer: Uint8Array): string {
  let digest = answerDigests.get(answer)
  if (digest === undefined) answerDigests.set(answer, (digest = digestOf(answer)))
  return digest
}

function hashOf(decision: DecisionEntry): Uint8Array {
  try {
    return leafHash(decisionLeaf(decision, answerDigest))
  } catch (error) {
    throw error instanceof InexactRecord ? new LedgerRefused('row', error) : error
  }
}
