import { createPublicKey, type KeyObject } from 'node:crypto'
import { verifyEnvelope } from '#runtime/bundle/verify.js'
import {
  countersign,
  keyIdOf,
  signStatement,
  type BundleStatement,
  type TrustBundle,
  type TrustedKey,
} from '#runtime/bundle/dsse.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Envelope } from './envelope.rules.js'
import type { Signature } from './publish-facts.rules.js'
import { findKeys, type TrustedKey as KeyRow } from './publishers.repository.js'

const trusted = (row: KeyRow): TrustedKey => ({
  keyid: row.keyid,
  publicKey: createPublicKey(row.public_key),
  role: 'publisher',
  publisherId: row.publisher_id,
  notAfter: row.not_after === null ? null : Date.parse(row.not_after),
  revoked: row.revoked_at !== null,
})

const ofRegistry = (key: KeyObject): TrustedKey => ({
  keyid: keyIdOf(key),
  publicKey: key.type === 'private' ? createPublicKey(key) : key,
  role: 'registry',
  publisherId: null,
  notAfter: null,
  revoked: false,
})

/** The trust bundle: publishers' keys as they are now, and the registry's own. Asked at publish, at install and at load. */
export class Trust {
  private readonly registry: TrustBundle

  /**
   * @param registryKey private Ed25519 key by which the registry countersigns what it lets in
   * @param others public keys that count as the registry's too, such as the one before a rotation
   */
  constructor(
    private readonly registryKey: KeyObject,
    others: readonly KeyObject[] = [],
  ) {
    this.registry = new Map([registryKey, ...others].map((key) => [keyIdOf(key), ofRegistry(key)]))
  }

  /** State of the publisher's signature over exactly this statement, as of now. Never throws for a bad one. */
  async publisherSignature(tx: Queryable, envelope: Envelope | null, statement: BundleStatement): Promise<Signature> {
    const rows = await findKeys(tx, envelope?.signatures.map(({ keyid }) => keyid) ?? [])
    const keys: TrustBundle = new Map(rows.map((row) => [row.keyid, trusted(row)]))
    const { state, publisherId } = verifyEnvelope(envelope, keys, { statement, now: Date.now() })
    return { state, publisher_id: publisherId }
  }

  /**
   * State of a stored envelope: the publisher's signature, where one of the registry's stands beside it. Without that the
   * registry never let these bytes in, so it counts as `bad_signature` whatever the publisher signed.
   */
  async storedSignature(tx: Queryable, envelope: Envelope, statement: BundleStatement): Promise<Signature> {
    const countersigned = verifyEnvelope(envelope, this.registry, { statement, now: Date.now(), role: 'registry' })
    if (countersigned.state !== 'valid') return { state: 'bad_signature', publisher_id: null }
    return this.publisherSignature(tx, envelope, statement)
  }

  /** The envelope with the registry's signature added; a bundle that came unsigned gets one with that signature alone. */
  countersigned(envelope: Envelope | null, statement: BundleStatement): Envelope {
    const signed = envelope ? countersign(envelope, this.registryKey) : signStatement(statement, this.registryKey)
    return { ...signed, signatures: [...signed.signatures] }
  }
}
