import type { Pool } from 'pg'
import { z } from 'zod'
import { Digest } from '#contract/primitives.js'
import type { BundleFiles } from '#engine/bundle.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import { listen, type ChannelListener } from '../platform/database/listener.js'
import { countsFor, type RotatingKey } from '../platform/keys/rotating-key.js'
import type { CanaryPointer } from './canary-course.js'
import type { SealedPolicies } from './policy-files.js'
import { verifyPolicySignature } from './policy-signature.js'
import type { WaiverInForce } from './waiver-list.js'

/** The files of a sealed bundle, by digest. */
export const SealedFiles = z.strictObject({
  wasm: Digest,
  data: Digest,
  manifest: Digest,
  reasons: Digest,
  signature: Digest,
  /** The signed archive for OPA agents; revisions that were sealed before there were any have none. */
  archive: Digest.optional(),
})
export type SealedFiles = z.infer<typeof SealedFiles>

/** Which revision decides, as the database has it; `seq` grows by one with each activation. */
export interface Pointer {
  readonly seq: bigint
  /** Name of the sealed revision. */
  readonly revision: string
  /** ISO 8601, while it decides by break-glass; null in ordinary times. */
  readonly breakGlassUntil: string | null
  /** Name of the sealed revision that decides again after it; null in ordinary times. */
  readonly before: string | null
  /** Module and data of it. */
  readonly bundleRevision: string
}

/** What an instance tells of itself. */
export interface InstanceReport {
  readonly node: string
  /** The activation that it follows; 0 before the first. */
  readonly seq: bigint
  readonly revision: string | null
  readonly fault: string | null
}

interface Shelf {
  readonly records: Pool
  readonly blobs: Pick<BlobStore, 'read'>
  /** The platform's keys that seal policies. */
  readonly sealing: Pick<RotatingKey, 'keys'>
}

interface PointerRow {
  readonly seq: string
  readonly revision: string
  readonly bundle_revision: string | null
  readonly until: string | null
  readonly before: string | null
}

interface SealedRow {
  readonly files: SealedFiles
  /** Milliseconds since the epoch. */
  readonly sealedAt: number
}

/** Sealed policies and the pointer to the one in force, over the records pool: instances follow it before any request. */
export class SealedPoliciesRepository implements SealedPolicies {
  constructor(private readonly shelf: Shelf) {}

  async inForce(): Promise<string | null> {
    return (await this.pointer())?.revision ?? null
  }

  /** What was put in force by break-glass ends by the database's clock, whoever is there to see it. */
  async pointer(): Promise<Pointer | null> {
    const text = `SELECT seq, revision, before, bundle_revision, ${isoTimestamp('until')} FROM (
        SELECT seq, CASE WHEN expires_at <= clock_timestamp() THEN replaces ELSE revision END AS revision,
          CASE WHEN expires_at > clock_timestamp() THEN expires_at END AS until,
          CASE WHEN expires_at > clock_timestamp() THEN replaces END AS before
        FROM policy_activation ORDER BY seq DESC LIMIT 1) AS newest LEFT JOIN policy_revision USING (revision)`
    const { rows } = await this.shelf.records.query<PointerRow>(text)
    const [row] = rows
    if (!row) return null
    const { seq, revision, bundle_revision, until, before } = row
    return { seq: BigInt(seq), revision, bundleRevision: bundle_revision ?? revision, breakGlassUntil: until, before }
  }

  /** The canary that runs on top of the activation of this number; null where there is none. None runs beside break-glass. */
  async canary(after: bigint): Promise<CanaryPointer | null> {
    const { rows } = await this.shelf.records.query<CanaryPointer>(
      `SELECT id, revision, base_revision AS base, percent, unit, plan FROM policy_canary WHERE state = 'running' AND after = $1
         AND NOT EXISTS (SELECT FROM policy_activation WHERE seq = after AND expires_at IS NOT NULL)`,
      [after.toString()],
    )
    return rows[0] ?? null
  }

  /** Waivers that have not ended. */
  async waivers(): Promise<WaiverInForce[]> {
    const { rows } = await this.shelf.records.query<WaiverInForce>(
      `SELECT id, reason, json_build_object('kind', subject_kind, 'id', subject_id) AS subject,
         (extract(epoch FROM until) * 1000)::float8 AS until
       FROM policy_waiver WHERE until > clock_timestamp() AND revoked_at IS NULL`,
    )
    return rows
  }

  /** The signed archive of a sealed revision, as OPA agents load it; null where there is none. Rejects where its bytes are others. */
  async archive(revision: string): Promise<Uint8Array | null> {
    const digest = (await this.find(revision))?.files.archive
    return digest === undefined ? null : this.shelf.blobs.read(digest)
  }

  async read(revision: string): Promise<BundleFiles | null> {
    const found = await this.find(revision)
    if (!found) return null
    const read = (part: keyof SealedFiles) => this.shelf.blobs.read(found.files[part]!)
    const [manifest, signature] = await Promise.all([read('manifest'), read('signature')])
    const trusted = (await this.shelf.sealing.keys()).filter((key) => countsFor(key, found.sealedAt))
    // Before anything else is read: the manifest names the other files by digest.
    verifyPolicySignature({ manifest, signature, trusted: trusted.map(({ publicKey }) => publicKey) })
    const [wasm, data, reasons] = await Promise.all([read('wasm'), read('data'), read('reasons')])
    return { wasm, data, manifest, reasons }
  }

  /** By the name of the sealed revision, or else the newest of this module and data. */
  private async find(revision: string): Promise<SealedRow | null> {
    const text = `SELECT files, (extract(epoch FROM created_at) * 1000)::float8 AS sealed_at FROM policy_revision
      WHERE $1 IN (revision, bundle_revision) ORDER BY revision = $1 DESC, created_at DESC LIMIT 1`
    const { rows } = await this.shelf.records.query<{ files: unknown; sealed_at: number }>(text, [revision])
    return rows[0] ? { files: SealedFiles.parse(rows[0].files), sealedAt: rows[0].sealed_at } : null
  }

  /** Keeps what an instance tells; `since` moves where its revision or its fault changes. */
  async report({ node, seq, revision, fault }: InstanceReport): Promise<void> {
    await this.shelf.records.query(
      `INSERT INTO policy_instance AS kept (node, seq, revision, fault, since, seen_at)
       VALUES ($1, $2, $3, $4, clock_timestamp(), clock_timestamp())
       ON CONFLICT (node) DO UPDATE SET seq = excluded.seq, revision = excluded.revision, fault = excluded.fault,
         seen_at = excluded.seen_at, since = CASE
           WHEN (kept.revision, kept.fault) IS NOT DISTINCT FROM (excluded.revision, excluded.fault) THEN kept.since
           ELSE excluded.since END`,
      [node, seq.toString(), revision, fault],
    )
  }

  /** Takes the row of an instance that stops. */
  async forget(node: string): Promise<void> {
    await this.shelf.records.query('DELETE FROM policy_instance WHERE node = $1', [node])
  }

  /** Hears of each activation and each waiver. Rejects where it cannot begin. */
  listen(listener: ChannelListener): Promise<() => void> {
    return listen(this.shelf.records, 'gatehouse_policy', listener)
  }
}
