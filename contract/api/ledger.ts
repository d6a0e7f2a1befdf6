import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { UNAVAILABLE_CAUSES } from '../decisions/outcome.js'
import { Digest, DottedId, EpochMs, Instant, Uuid, text } from '../primitives.js'
import { ANSWERS, DECIDED_BY, GATES } from '../vocabulary.js'

/** The leaf of a decision: every column of its row, input and answer by digest. Its RFC 8785 bytes are what is hashed. */
export const DecisionRecord = z.strictObject({
  kind: z.literal('decision'),
  id: Uuid,
  tenant_id: Uuid,
  workspace_id: Uuid.nullable(),
  publisher_id: Uuid.nullable(),
  instance: text(200),
  gate: z.enum(GATES),
  action: z.enum(ACTION_IDS),
  outcome: z.enum([...ANSWERS, 'unavailable']),
  decided_by: z.enum(DECIDED_BY),
  cause: z.enum(UNAVAILABLE_CAUSES).nullable(),
  actor: text(64),
  resource_kind: text(40),
  resource_id: text(200),
  extension: text(200).nullable(),
  install_id: Uuid.nullable(),
  execution_id: Uuid.nullable(),
  reasons: z.array(DottedId),
  rules: z.array(DottedId),
  revision: Digest.nullable(),
  engine: text(200),
  tenant_module: text(200).nullable(),
  input_digest: Digest,
  answer_digest: Digest.nullable(),
  fuel: z.int().nonnegative(),
  count: z.int().positive(),
  correlation_id: text(64),
  at: EpochMs,
  expires_at: EpochMs,
})
export type DecisionRecord = z.infer<typeof DecisionRecord>

const Base64 = z.base64()
const LogSize = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)

/** A signed checkpoint: C2SP signed note over origin, size, root and an expiry line. */
export const CheckpointReply = z.strictObject({
  note: z.string(),
  origin: z.string(),
  size: z.int().nonnegative(),
  root: Base64,
  signed_at: Instant,
  expires_at: Instant,
  unsequenced: z.int().nonnegative().describe('Durable entries that are not in the log yet'),
})

/** Keys that sign checkpoints, in the verifier form of C2SP signed notes. */
export const LedgerKeysReply = z.strictObject({
  keys: z.array(z.strictObject({ name: z.string(), algorithm: z.literal('ed25519'), verifier: z.string() })),
})

export const InclusionQuery = z.strictObject({ entry: Uuid.describe('Id of a decision or of another leaf') })
/** Proof that a leaf is in the log under a checkpoint (RFC 6962, 2.1.1). */
export const InclusionReply = z.strictObject({
  entry: Uuid,
  leaf_hash: Base64,
  leaf_index: z.int().nonnegative(),
  proof: z.array(Base64).describe('RFC 6962 audit path, nearest sibling first'),
  checkpoint: z.string(),
})

export const ConsistencyQuery = z.strictObject({
  from: LogSize.describe('Size of the older log'),
  to: LogSize.optional().describe('Size of the newer log; that of the newest checkpoint where absent'),
})
/** Proof that a checkpoint extends an earlier one (RFC 6962, 2.1.2). */
export const ConsistencyReply = z.strictObject({
  from: z.int().positive(),
  to: z.int().positive(),
  from_root: Base64,
  to_root: Base64,
  proof: z.array(Base64),
})

/** Body of a leaf of kind `retention`: decisions of a stretch of time that were let go. Moments are milliseconds since the epoch. */
export const RetentionLeaf = z.strictObject({
  since: EpochMs.nullable().describe('Null: from the first decision on'),
  until: EpochMs,
  decisions: z.int().nonnegative(),
  decision_id: Uuid.describe(
    'Under which they were to go when the leaf was written; the row of what went names its own',
  ),
})
export type RetentionLeaf = z.infer<typeof RetentionLeaf>

/** First line of an export. */
export const ExportHeader = z.strictObject({
  type: z.literal('header'),
  format: z.literal('gatehouse.ledger.v1'),
  scope: z.enum(['platform', 'tenant']).describe('A tenant gets its own decisions in full and all others as hashes'),
  checkpoint: z.string(),
  verifiers: z.array(z.string()),
  retentions: z
    .array(z.strictObject({ leaf: Uuid, since: EpochMs.nullable(), until: EpochMs }))
    .default([])
    .describe('Stretches whose decisions are kept no longer, each with the leaf that says so'),
})

export type ExportHeader = z.infer<typeof ExportHeader>

/** One entry: a sequenced leaf, or, where `index` is null, one that is durable but not in the log yet. */
export const ExportEntry = z.strictObject({
  type: z.literal('entry'),
  index: z.int().nonnegative().nullable(),
  id: Uuid,
  kind: z.string(),
  leaf_hash: Base64,
  /** Of a decision or an execution that the reader may see: its columns as they are stored now, without judging them. */
  record: z.json().optional(),
  input: Base64.optional(),
  answer: Base64.nullable().optional(),
  /** Of a leaf that is no decision: its canonical bytes. */
  body: Base64.optional(),
})
export type ExportEntry = z.infer<typeof ExportEntry>

/** A signed checkpoint of the log up to the entry before it: an alteration lies after the last that still fits. */
export const ExportCheckpoint = z.strictObject({ type: z.literal('checkpoint'), note: z.string() })

/** Last line of an export; without it the export was cut off. */
export const ExportEnd = z.strictObject({
  type: z.literal('end'),
  sequenced: z.int().nonnegative(),
  unsequenced: z.int().nonnegative(),
})

/** A line of `GET /v1/ledger/export`. */
export const ExportLine = z.discriminatedUnion('type', [ExportHeader, ExportEntry, ExportCheckpoint, ExportEnd])
export type ExportLine = z.infer<typeof ExportLine>
