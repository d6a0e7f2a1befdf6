import type { Pool } from 'pg'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import { listen, type ChannelListener } from '../platform/database/listener.js'
import type { ModulePointer, ModuleSource } from './tenant-modules.js'

/** How far a look reaches back before the one that it follows. No transaction that changes what is in force lasts that long. */
const OVERLAP = '10 minutes'

/** What a look found, and when that was by the database's clock, in its own words. */
export interface PointersAt {
  readonly at: string
  readonly pointers: readonly ModulePointer[]
}

/** Which organisation has which module in force, over the records pool: instances follow it before any request; modules lie in the blob store. */
export class TenantPoliciesRepository implements ModuleSource {
  constructor(
    private readonly records: Pool,
    private readonly blobs: Pick<BlobStore, 'read'>,
  ) {}

  /**
   * Of every organisation that ever had one, or of those where something has changed since an earlier look was made: `since`
   * is its moment, however long ago that is. One that lies ahead came from another clock, and bounds nothing.
   */
  async pointers(since: string | null): Promise<PointersAt> {
    const { rows } = await this.records.query<Partial<ModulePointer> & { readonly at: string }>(
      `SELECT look.at::text, found.tenant, found.module FROM (SELECT now() AS at) AS look LEFT JOIN LATERAL (
         SELECT DISTINCT ON (tenant_id) tenant_id::text AS tenant, module FROM tenant_policy_activation
         WHERE $1::timestamptz IS NULL OR $1::timestamptz > now() OR created_at > $1::timestamptz - interval '${OVERLAP}'
         ORDER BY tenant_id, seq DESC) AS found ON true`,
      [since],
    )
    const pointers = rows.flatMap(({ tenant, module = null }) => (tenant ? [{ tenant, module }] : []))
    return { at: rows[0]!.at, pointers }
  }

  read(digest: string): Promise<Uint8Array> {
    return this.blobs.read(digest)
  }

  /** Hears of each change. Rejects where it cannot begin. */
  listen(listener: ChannelListener): Promise<() => void> {
    return listen(this.records, 'gatehouse_tenant_policy', listener)
  }
}
