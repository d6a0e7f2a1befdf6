import type { Pool } from 'pg'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import { listen, type ChannelListener } from '../platform/database/listener.js'
import type { ModulePointer, ModuleSource } from './tenant-modules.js'

/** How far a look reaches back that follows another one. No transaction that changes what is in force lasts that long. */
const RECENT = '10 minutes'

/** Which organisation has which module in force, over the records pool: instances follow it before any request; modules lie in the blob store. */
export class TenantPoliciesRepository implements ModuleSource {
  constructor(
    private readonly records: Pool,
    private readonly blobs: Pick<BlobStore, 'read'>,
  ) {}

  /** Of every organisation that ever had one, or (`whole: false`) of those where something has changed lately. */
  async pointers(whole: boolean): Promise<ModulePointer[]> {
    const lately = whole ? '' : `WHERE created_at > now() - interval '${RECENT}'`
    const { rows } = await this.records.query<ModulePointer>(
      `SELECT DISTINCT ON (tenant_id) tenant_id::text AS tenant, module FROM tenant_policy_activation ${lately}
       ORDER BY tenant_id, seq DESC`,
    )
    return rows
  }

  read(digest: string): Promise<Uint8Array> {
    return this.blobs.read(digest)
  }

  /** Hears of each change. Rejects where it cannot begin. */
  listen(listener: ChannelListener): Promise<() => void> {
    return listen(this.records, 'gatehouse_tenant_policy', listener)
  }
}
