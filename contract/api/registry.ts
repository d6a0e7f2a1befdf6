import { z } from 'zod'
import { CATEGORIES, EXTENSION_TYPES } from '../manifest/identity.js'
import { PERMISSION_IDS, PermissionId } from '../permissions.js'
import { Digest, DottedId, Email, ExtensionId, Instant, Semver, Slug, Uuid, text } from '../primitives.js'
import { CHANNELS, REVIEW_STATES, RISKS, RUNGS, SEVERITIES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

const Name = text(120, 1)

/** Content type of a bundle: a gzipped tar with `extension.json` at its root. */
export const BUNDLE_MEDIA_TYPE = 'application/vnd.gatehouse.bundle.v1+gzip'
/** Header that carries the DSSE envelope of a bundle: base64 of its JSON. */
export const ENVELOPE_HEADER = 'x-gatehouse-envelope'

/** Name of a signing key: the first 32 hex digits of the SHA-256 of its SPKI DER. */
export const KeyId = z.string().regex(/^[0-9a-f]{32}$/, { error: 'must be 32 lower-case hex digits' })

const PublicKeyPem = text(1000, 1).describe('Ed25519 public key as SPKI PEM (-----BEGIN PUBLIC KEY-----)')

/** A publisher's key in the trust bundle: its signature counts unless revoked or past `not_after`. */
export const SigningKey = z.strictObject({
  keyid: KeyId,
  algorithm: z.literal('ed25519'),
  public_key: PublicKeyPem,
  not_after: Instant.nullable(),
  revoked_at: Instant.nullable(),
  created_at: Instant,
})
export type SigningKey = z.infer<typeof SigningKey>

/** Whoever publishes extensions, with the keys that sign for them. */
export const Publisher = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  slug: Slug,
  name: Name,
  contact: text(254),
  verified_at: Instant.nullable(),
  keys: z.array(SigningKey),
  revision: z.int().positive(),
  created_at: Instant,
})
export type Publisher = z.infer<typeof Publisher>
export const PublisherPage = pageOf(Publisher)

/** Signs up a publisher; whoever does it becomes its first member. */
export const PublisherCreate = z.strictObject({
  slug: Slug,
  name: Name,
  contact: Email,
  public_key: PublicKeyPem,
})
export type PublisherCreate = z.infer<typeof PublisherCreate>

/** A public key that will sign for a publisher. */
export const SigningKeyAdd = z.strictObject({ public_key: PublicKeyPem, not_after: Instant.optional() })
export type SigningKeyAdd = z.infer<typeof SigningKeyAdd>

/** A permission in the words that people read before they grant it. */
export const PermissionWords = z.strictObject({
  id: PermissionId,
  risk: z.enum(RISKS),
  title: Name,
  words: text(1000),
})
export type PermissionWords = z.infer<typeof PermissionWords>

/** What a check of the certification found. */
export const Finding = z.strictObject({
  check: text(60),
  code: DottedId,
  severity: z.enum(SEVERITIES),
  malware: z.boolean(),
  message: text(1000),
  remedy: text(1000),
})
export type Finding = z.infer<typeof Finding>

/** What certification found, and by which checks. */
export const Certification = z.strictObject({
  state: z.enum(['completed', 'unavailable']),
  checks: z.array(text(60)).max(50),
  findings: z.array(Finding).max(200),
})
export type Certification = z.infer<typeof Certification>

/** One version as it was published. Its bytes never change; channel and review state do. */
export const Version = z.strictObject({
  id: Uuid,
  extension: ExtensionId,
  version: Semver,
  publisher_id: Uuid,
  digest: Digest,
  artifact_digest: Digest.nullable(),
  size_bytes: z.int().nonnegative(),
  channel: z.enum(CHANNELS),
  review_state: z.enum(REVIEW_STATES),
  yanked_at: Instant.nullable(),
  deprecation: text(1000).nullable(),
  permissions: z.array(PermissionWords),
  unbuilt_features: z.array(z.strictObject({ feature: DottedId, pointer: text(200) })),
  platform_compatible: z.boolean(),
  certification: Certification,
  signed_by: z.array(text(128)).describe('Key ids on the envelope: the publisher and the registry'),
  manifest: z.json(),
  revision: z.int().positive(),
  created_at: Instant,
  decision_id: Uuid,
})
export type Version = z.infer<typeof Version>

/** A version in a list: what one needs to choose it. */
export const VersionSummary = Version.pick({
  version: true,
  digest: true,
  channel: true,
  review_state: true,
  yanked_at: true,
  platform_compatible: true,
  created_at: true,
})

/** One extension of the catalogue. */
export const Extension = z.strictObject({
  id: Uuid,
  name: ExtensionId,
  title: Name,
  description: text(2000),
  type: z.enum(EXTENSION_TYPES),
  categories: z.array(z.enum(CATEGORIES)),
  publisher: z.strictObject({ id: Uuid, slug: Slug, name: Name, verified: z.boolean() }),
  rung: z.enum(RUNGS),
  permissions: z.array(PermissionWords).describe('Of the newest version shown'),
  pricing: text(40).describe("The manifest's billing model"),
  author: Name.nullable(),
  compatibility: text(200),
  versions: z.array(VersionSummary).max(100).describe('Newest first'),
  created_at: Instant,
})
export type Extension = z.infer<typeof Extension>
export const ExtensionPage = pageOf(Extension)

/** Filters of the catalogue; all that are given must fit. */
export const ExtensionQuery = z.strictObject({
  ...pageQuery,
  q: text(100, 1).optional().describe('Part of the id, title or description'),
  category: z.enum(CATEGORIES).optional(),
  type: z.enum(EXTENSION_TYPES).optional(),
  without_permission: z.enum(PERMISSION_IDS).optional().describe('Only those that do not ask for it'),
  compatible: z.enum(['true', 'false']).optional().describe('Whether it runs on this platform version'),
  publisher: Slug.optional(),
})
export type ExtensionQuery = z.infer<typeof ExtensionQuery>

/** The channel that a version goes to. */
export const Promotion = z.strictObject({ to: z.enum(['beta', 'ga']) })
export type Promotion = z.infer<typeof Promotion>

/** Sets an extension on a rung of the enforcement ladder. */
export const RungChange = z.strictObject({
  rung: z.enum(RUNGS),
  reason: text(1000, 3),
  severity_reason: text(500, 3).optional().describe('Why a rung is skipped'),
  until: Instant.optional().describe('When the rung ends by itself'),
})
export type RungChange = z.infer<typeof RungChange>

/** Where an extension stands on the enforcement ladder. */
export const RungState = z.strictObject({
  extension: ExtensionId,
  rung: z.enum(RUNGS),
  previous: z.enum(RUNGS),
  reason: text(1000),
  until: Instant.nullable(),
  decision_id: Uuid,
})
export type RungState = z.infer<typeof RungState>
