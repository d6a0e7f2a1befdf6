import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { RetentionLeaf } from '#contract/api/ledger.js'

/**
 * The id of the leaf that tells of a stretch: the same as long as it tells the same, so that a try that fails each hour
 * leaves one leaf and not one an hour. A UUID of version 8 (RFC 9562) over its SHA-256.
 */
export const retentionLeafId = ({ since, until, decisions }: Omit<RetentionLeaf, 'decision_id'>): string => {
  const told = canonicalize({ kind: 'retention', since, until, decisions }) ?? ''
  const bytes = createHash('sha256').update(told).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
