import { hash } from 'node:crypto'
import type { Database } from '../platform/database/database.service.js'
import { Coalescer } from './coalescer.js'
import { HostRefusal } from './host-reply.js'

/** The storage of one install. */
export interface KvSpace {
  readonly tenantId: string
  readonly installId: string
  readonly kvQuotaBytes: number
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
}
interface Place {
  readonly installId: string
  readonly key: string
}

const GET = 'SELECT install_id, key, value, checksum FROM extension_kv_read($1, $2, $3)'
const USED = `SELECT coalesce(sum(octet_length(value)), 0)::bigint AS used FROM extension_kv WHERE install_id = $1 AND key <> $2`
const SET = `INSERT INTO extension_kv (tenant_id, install_id, key, value, checksum, execution_id)
  SELECT $1, $2, $3, $4, $5, $6
  WHERE (SELECT coalesce(sum(octet_length(value)), 0) FROM extension_kv WHERE install_id = $2 AND key <> $3) + $7::bigint <= $8::bigint
  ON CONFLICT (install_id, key) DO UPDATE SET value = excluded.value, checksum = excluded.checksum,
    execution_id = excluded.execution_id, version = extension_kv.version + 1, updated_at = now()`
const DELETE = `DELETE FROM extension_kv WHERE install_id = $1 AND key = $2`
const LIST = `SELECT key FROM extension_kv WHERE install_id = $1 AND starts_with(key, $2) ORDER BY key COLLATE "C" LIMIT $3`
// Two writers of one install take turns, so that both count what the other stored.
const TAKE_TURNS = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')
const placeOf = (installId: string, key: string): string => `${installId} ${key}`

/** What extensions store. Each operation is one transaction in the scope of its tenant; a read is one round trip. */
export class KvRepository {
  /** Reads that wait at the same moment for the same tenant go in one statement. */
  private readonly reads: Coalescer<Place, Row | undefined>

  constructor(private readonly database: Pick<Database, 'extensionData' | 'extensionQuery'>) {
    this.reads = new Coalescer((tenantId, places) => this.getAll(tenantId, places))
  }

  /** The value under a key, or null. Raises `kv.corrupt` where it no longer has the checksum it was stored with. */
  async get(space: KvSpace, key: string): Promise<Uint8Array | null> {
    const row = await this.reads.add(space.tenantId, { installId: space.installId, key })
    if (!row) return null
    if (!sha256(row.value).equals(row.checksum))
      throw new HostRefusal('kv.corrupt', 'The stored value no longer has its checksum')
    return row.value
  }

  /** Bytes that the install's values take, the value under `exceptKey` left out. */
  usedBytes(space: KvSpace, exceptKey: string): Promise<number> {
    return this.database.extensionData(space.tenantId, async (tx) => {
      const { rows } = await tx.query<{ used: string }>(USED, [space.installId, exceptKey])
      return Number(rows[0]?.used ?? 0)
    })
  }

  /** Stores a value; false where the install's quota would be passed. */
  set(writer: KvWriter, key: string, value: Uint8Array): Promise<boolean> {
    const { tenantId, installId, executionId, kvQuotaBytes } = writer
    return this.database.extensionData(tenantId, async (tx) => {
      await tx.query(TAKE_TURNS, [installId])
      const row = [tenantId, installId, key, value, sha256(value), executionId, value.length, kvQuotaBytes]
      return (await tx.query(SET, row)).rowCount === 1
    })
  }

  /** Whether there was a value to delete. */
  delete(writer: KvWriter, key: string): Promise<boolean> {
    return this.database.extensionData(writer.tenantId, async (tx) => {
      await tx.query(`SELECT set_config('gatehouse.execution', $1, true)`, [writer.executionId])
      return (await tx.query(DELETE, [writer.installId, key])).rowCount === 1
    })
  }

  /** Keys that start with a prefix, in the order of their bytes, at most `limit`. */
  list(space: KvSpace, prefix: string, limit: number): Promise<string[]> {
    return this.database.extensionData(space.tenantId, async (tx) => {
      const { rows } = await tx.query<{ key: string }>(LIST, [space.installId, prefix, limit])
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
