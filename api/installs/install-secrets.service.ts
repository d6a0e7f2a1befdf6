import { randomUUIDv7 } from 'node:crypto'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import { findSecret, putSecret } from './installs.repository.js'
import { openSecret, sealSecret, type KeyEncryptionKey } from '../platform/keys/sealed-secret.js'

type Values = Readonly<Record<string, string>>

/** Where a secret belongs. Bound into its encryption: it opens nowhere else. */
const installPlace = (tenantId: string, installId: string, name: string): string => `${tenantId}/${installId}/${name}`
const waitingPlace = (tenantId: string): string => `${tenantId}/waiting`

export interface InstallSecretsParts {
  readonly database: Database
  readonly blobs: BlobStore
  readonly kek: KeyEncryptionKey
}

/** Secrets of installs, which lie encrypted and are opened one at a time. */
export class InstallSecrets {
  constructor(private readonly parts: InstallSecretsParts) {}

  /** Encrypts and keeps values for an install. */
  async put(tx: GovernedTransaction, installId: string, values: Values): Promise<void> {
    const { kek } = this.parts
    for (const [name, value] of Object.entries(values)) {
      const sealed = sealSecret(kek, value, installPlace(tx.tenantId, installId, name))
      await putSecret(tx, { id: randomUUIDv7(), install_id: installId, name, sealed, key_id: kek.id })
    }
  }

  /** The value of an install's secret; null where none is set. */
  async open(tenantId: string, installId: string, name: string): Promise<string | null> {
    const sealed = await this.parts.database.inScope({ tenant: tenantId }, (tx) => findSecret(tx, installId, name))
    return sealed ? openSecret(this.parts.kek, sealed, installPlace(tenantId, installId, name)) : null
  }

  /** Keeps values while consent is awaited: encrypted, as a blob. Null where there are none. */
  async putAside(tenantId: string, values: Values): Promise<string | null> {
    if (Object.keys(values).length === 0) return null
    const { digest } = await this.parts.blobs.put(
      sealSecret(this.parts.kek, JSON.stringify(values), waitingPlace(tenantId)),
    )
    return digest
  }

  /** Values that were put aside. */
  async takeUp(tenantId: string, digest: string | null): Promise<Values> {
    if (digest === null) return {}
    return JSON.parse(openSecret(this.parts.kek, await this.parts.blobs.read(digest), waitingPlace(tenantId))) as Values
  }

  /** Forgets values that were put aside. */
  async drop(digest: string | null): Promise<void> {
    if (digest !== null) await this.parts.blobs.remove(digest)
  }
}
