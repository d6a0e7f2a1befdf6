import { hash, randomInt } from 'node:crypto'
import { HostRefusal } from '#runtime/host-calls/host-reply.js'
import { putsOf, unmet, type KvOperation, type KvPut, type KvRoom } from '#runtime/host-calls/kv.rules.js'
import type { KvEntry, KvRange, KvStore } from '#runtime/host-calls/ports.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { Coalescer } from './coalescer.js'

/** The storage of one install. */
export interface KvSpace {
  readonly tenantId: string
  readonly installId: string
  readonly kvQuotaBytes: number
  readonly kvQuotaKeys: number
}
/** The storage of one install with the invocation that writes to it. */
export interface KvWriter extends KvSpace {
  readonly executionId: string
}

interface Row {
  readonly install_id: string
  readonly key: string
  readonly value: Buffer
  readonly checksum: Buffer
  readonly version: string
  readonly expires_at: Date | null
}
interface Place {
  readonly installId: string
  readonly key: string
}

const LIVE = '(expires_at IS NULL OR expires_at > clock_timestamp())'
const GET = 'SELECT install_id, key, value, checksum, version, expires_at FROM extension_kv_read($1, $2, $3)'
const USED = `SELECT coalesce(sum(octet_length(value)), 0)::float8 AS bytes, count(*)::int AS keys
  FROM extension_kv WHERE install_id = $1 AND NOT (key = ANY($2)) AND ${LIVE}`
const PUT = `INSERT INTO extension_kv (tenant_id, install_id, key, value, checksum, version, expires_at, execution_id)
  SELECT $1, $2, key, value, checksum, version, clock_timestamp() + make_interval(secs => ttl_s), $3
  FROM unnest($4::text[], $5::bytea[], $6::bytea[], $7::bigint[], $8::float8[]) AS put (key, value, checksum, version, ttl_s)
  ON CONFLICT (install_id, key) DO UPDATE SET value = excluded.value, checksum = excluded.checksum,
    execution_id = excluded.execution_id, version = excluded.version, expires_at = excluded.expires_at, updated_at = now()`
const DELETE = `DELETE FROM extension_kv WHERE install_id = $1 AND key = ANY($2)`
const SWEEP = `DELETE FROM extension_kv WHERE install_id = $1 AND expires_at <= clock_timestamp()`
const VERSIONS = `SELECT key, version FROM extension_kv WHERE install_id = $1 AND key = ANY($2)`
const LIST = `SELECT key FROM extension_kv WHERE install_id = $1 AND starts_with(key, $2)
  AND ($3::text IS NULL OR key COLLATE "C" > $3) AND ${LIVE} ORDER BY key COLLATE "C" LIMIT $4`
// Writers of one install take turns, so that each sees what the other stored; who deletes names its execution.
const TAKE_TURNS = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0)), set_config('gatehouse.execution', $2, true)`

/** Versions are drawn, not counted: an entry that was deleted and made anew never has the version it had before. */
const VERSIONS_BELOW = 2 ** 48 - 1

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')
const placeOf = (installId: string, key: string): string => `${installId} ${key}`

/** What extensions store. Each operation is one transaction in the scope of its tenant; a read is one round trip. */
export class KvRepository implements KvStore<KvSpace> {
  /** Reads that wait at the same moment for the same tenant go in one statement. */
  private readonly reads: Coalescer<Place, Row | undefined>

  constructor(private readonly database: Pick<Database, 'extensionData' | 'extensionQuery'>) {
    this.reads = new Coalescer((tenantId, places) => this.getAll(tenantId, places))
  }

  /** The entry under a key, or null. Raises `kv.corrupt` where its value no longer has the checksum it was stored with. */
  async read(space: KvSpace, key: string): Promise<KvEntry | null> {
    const row = await this.reads.add(space.tenantId, { installId: space.installId, key })
    if (!row) return null
    if (!sha256(row.value).equals(row.checksum))
      throw new HostRefusal('kv.corrupt', 'The stored value no longer has its checksum')
    return { value: row.value, version: Number(row.version), expires_at_ms: row.expires_at?.getTime() ?? null }
  }

  /** What the install's entries take, those under `exceptKeys` left out. */
  used(space: KvSpace, exceptKeys: readonly string[]): Promise<KvRoom> {
    return this.database.extensionData(space.tenantId, (tx) => usedIn(tx, space, exceptKeys))
  }

  /**
   * Does all of it or nothing, and gives the new version of each put in the order of the operations. Raises `kv.conflict`
   * where an expectation is not met, and `capability.kv_quota_exceeded` where something is stored beyond the quota.
   */
  transact(writer: KvWriter, operations: readonly KvOperation[]): Promise<(number | null)[]> {
    const { tenantId, installId, executionId } = writer
    const versions = operations.map(({ kind }) => (kind === 'put' ? randomInt(1, VERSIONS_BELOW) : null))
    return this.database.extensionData(tenantId, async (tx) => {
      await tx.query(TAKE_TURNS, [installId, executionId])
      await tx.query(SWEEP, [installId])
      await requireMet(tx, installId, operations)
      const gone = operations.flatMap(({ kind, key }) => (kind === 'delete' ? [key] : []))
      if (gone.length > 0) await tx.query(DELETE, [installId, gone])
      const puts = putsOf(operations)
      if (puts.length > 0) {
        await put(tx, writer, { puts, versions: versions.filter((version) => version !== null) })
        await requireRoom(tx, writer)
      }
      return versions
    })
  }

  /** Keys that start with a prefix and come after a key, in the order of their bytes, at most `limit`. */
  list(space: KvSpace, page: KvRange): Promise<string[]> {
    return this.database.extensionData(space.tenantId, async (tx) => {
      const { rows } = await tx.query<{ key: string }>(LIST, [
        space.installId,
        page.prefix,
        page.after ?? null,
        page.limit,
      ])
      return rows.map(({ key }) => key)
    })
  }

  private async getAll(tenantId: string, places: readonly Place[]): Promise<(Row | undefined)[]> {
    const values = [tenantId, places.map(({ installId }) => installId), places.map(({ key }) => key)]
    const { rows } = await this.database.extensionQuery<Row>({ name: 'kv.read', text: GET, values })
    const found = new Map(rows.map((row) => [placeOf(row.install_id, row.key), row]))
    return places.map(({ installId, key }) => found.get(placeOf(installId, key)))
  }
}

const usedIn = async (tx: Queryable, { installId }: KvSpace, exceptKeys: readonly string[]): Promise<KvRoom> =>
  (await tx.query<KvRoom>(USED, [installId, exceptKeys])).rows[0]!

const requireMet = async (tx: Queryable, installId: string, operations: readonly KvOperation[]): Promise<void> => {
  const expecting = operations.flatMap(({ key, expect }) => (expect === 'anything' ? [] : [key]))
  if (expecting.length === 0) return
  const { rows } = await tx.query<{ key: string; version: string }>(VERSIONS, [installId, expecting])
  const key = unmet(operations, new Map(rows.map((row) => [row.key, Number(row.version)])))
  if (key !== null) throw new HostRefusal('kv.conflict', `What is stored under ${key} is not what was expected`)
}

/** Policy saw this too; here it is held again, since another call may have filled the storage meanwhile. */
const requireRoom = async (tx: Queryable, writer: KvWriter): Promise<void> => {
  const { bytes, keys } = await usedIn(tx, writer, [])
  if (bytes > writer.kvQuotaBytes || keys > writer.kvQuotaKeys)
    throw new HostRefusal('capability.kv_quota_exceeded', 'The storage of this install is full')
}

const put = async (
  tx: Queryable,
  { tenantId, installId, executionId }: KvWriter,
  { puts, versions }: { puts: readonly KvPut[]; versions: readonly number[] },
): Promise<void> => {
  await tx.query(PUT, [
    ...[tenantId, installId, executionId],
    puts.map(({ key }) => key),
    puts.map(({ value }) => Buffer.from(value)),
    puts.map(({ value }) => sha256(value)),
    versions,
    puts.map(({ ttl_s }) => ttl_s ?? null),
  ])
}
