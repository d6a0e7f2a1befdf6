import type { Pool } from 'pg'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { KeptEnding } from './ending.rules.js'

/** A call that begins and whose answer will be kept. */
export interface NewKeptCall {
  readonly id: string
  readonly tenant_id: string
  readonly install_id: string
  readonly publisher_id: string
  readonly extension: string
  readonly semver: string
  readonly endpoint: string
  /** Pseudonym of who calls. */
  readonly caller: string
  readonly key: string | null
  readonly fingerprint: string | null
  readonly node: string
}

/** What is kept once it ended. */
export type KeptEnd = Pick<KeptEnding, 'status' | 'headers' | 'body' | 'problem' | 'detail'>

/** A call as kept. */
export type KeptCall = KeptEnding &
  Omit<NewKeptCall, 'key' | 'node'> & {
    readonly started_at: string
    readonly ended_at: string | null
    readonly expires_at: string
  }

/** How long an answer is kept, in hours. */
const KEPT_HOURS = 24
/**
 * Seconds after which an instance that does not renew its lease is gone. By then it has ended its slots by itself: their
 * lease is two seconds, and a renewal is given up after one.
 */
const GONE_S = 5
const SWEPT_AT_ONCE = 1_000

const NEW = [
  'id',
  'tenant_id',
  'install_id',
  'publisher_id',
  'extension',
  'semver',
  'endpoint',
  'caller',
  'key',
  'fingerprint',
  'node',
] as const
const EXPIRES = `clock_timestamp() + make_interval(hours => ${KEPT_HOURS})`
const BEGUN = `(${NEW.map((_, at) => `$${at + 1}`).join(', ')}, ${EXPIRES})`
/** An expired row of the same key makes room at once, swept or not. */
const CLAIM = `INSERT INTO kept_call AS kept (${NEW.join(', ')}, expires_at) VALUES ${BEGUN}
  ON CONFLICT (tenant_id, key) DO UPDATE SET (${NEW.join(', ')}, expires_at) = ${BEGUN},
    state = 'running', status = NULL, headers = NULL, body = NULL, problem = NULL, detail = NULL, ended_at = NULL, started_at = clock_timestamp()
  WHERE kept.expires_at <= clock_timestamp()`
/** From an instance that is gone, and from nobody who was quicker. */
const TAKE_OVER = `UPDATE kept_call SET id = $2, node = $3, started_at = clock_timestamp(), expires_at = ${EXPIRES}
  WHERE id = $1 AND state = 'running'`
const END = `UPDATE kept_call SET state = 'done', status = $2, headers = $3, body = $4, problem = $5, detail = $6,
    ended_at = clock_timestamp(), expires_at = ${EXPIRES} WHERE id = $1 AND state = 'running'`
const TRIM = `SELECT kept_call_trim($1)::int AS trimmed`
const ORPHANED = `state = 'running' AND NOT EXISTS (SELECT FROM node_lease lease
  WHERE lease.node = kept_call.node AND lease.renewed_at > clock_timestamp() - make_interval(secs => ${GONE_S}))`
const FOUND = `SELECT id, tenant_id, install_id, publisher_id, extension, semver, endpoint, caller, fingerprint, state, status,
    headers, body, problem, detail, ${ORPHANED} AS orphaned,
    (SELECT ran.outcome || ', status ' || ran.status FROM extension_execution_log ran WHERE ran.id = kept_call.id) AS ran,
    ${isoTimestamp('started_at')}, ${isoTimestamp('ended_at')}, ${isoTimestamp('expires_at')}
  FROM kept_call WHERE expires_at > clock_timestamp()`

/** One kept call of the scope; undefined where it has none of this id, or it has expired. */
export const findKeptCall = async (tx: Queryable, id: string): Promise<KeptCall | undefined> =>
  (await tx.query<KeptCall>(`${FOUND} AND id = $1`, [id])).rows[0]

/** Claims keys and keeps answers, as the role that records; what was kept is read in the scope of its organisation. */
export class KeptCallRecords {
  private readonly records: Pick<Pool, 'query'>

  constructor(private readonly database: Pick<Database, 'records' | 'inScope'>) {
    this.records = database.records
  }

  /** Begins a call; false where another one holds its key. */
  async claim(call: NewKeptCall): Promise<boolean> {
    const values = NEW.map((name) => call[name])
    return (await this.records.query({ name: 'kept_call_claim', text: CLAIM, values })).rowCount === 1
  }

  /** Puts a call in the place of one whose instance is gone; false where that has ended or was taken over meanwhile. */
  async takeOver(orphan: string, { id, node }: Pick<NewKeptCall, 'id' | 'node'>): Promise<boolean> {
    return (await this.records.query(TAKE_OVER, [orphan, id, node])).rowCount === 1
  }

  /** Keeps how a call ended. Does nothing where another one has taken its place. */
  async end(id: string, { status, headers, body, problem, detail }: KeptEnd): Promise<void> {
    await this.records.query(END, [id, status, headers && JSON.stringify(headers), body, problem, detail])
  }

  /** Forgets a call that came to nothing, so that its key is free again. */
  async forget(id: string): Promise<void> {
    await this.records.query(`DELETE FROM kept_call WHERE id = $1`, [id])
  }

  /** The call that holds a key of an organisation. */
  async holding(tenantId: string, key: string): Promise<KeptCall | undefined> {
    const text = `${FOUND} AND tenant_id = $1 AND key = $2`
    return this.database.inScope(
      { tenant: tenantId },
      async (tx) => (await tx.query<KeptCall>(text, [tenantId, key])).rows[0],
    )
  }

  /** One call of an organisation. */
  find(tenantId: string, id: string): Promise<KeptCall | undefined> {
    return this.database.inScope({ tenant: tenantId }, (tx) => findKeptCall(tx, id))
  }

  /** Lets go of the oldest answers of each organisation beyond so many bytes; that there was one stays known. Gives how many. */
  async trim(bytes: number): Promise<number> {
    return (await this.records.query<{ trimmed: number }>(TRIM, [bytes])).rows[0]!.trimmed
  }

  /** Deletes calls that have expired, so many at once; gives how many. */
  async sweep(): Promise<number> {
    const expired = `SELECT id FROM kept_call WHERE expires_at <= clock_timestamp() LIMIT ${SWEPT_AT_ONCE}`
    return (await this.records.query(`DELETE FROM kept_call WHERE id IN (${expired})`)).rowCount ?? 0
  }
}
