import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 16 * 256
const pool = Buffer.alloc(POOL_BYTES)
let used = POOL_BYTES

let latest = 0
let sequence = 0

/**
 * A UUID of version 7 (RFC 9562 §5.7, with the counter of §6.2 method 1): ids of one instance are in the order in which
 * they were made, within a millisecond too. `now` in milliseconds since the epoch.
 */
export const newDecisionId = (now: number): string => {
  if (used === POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = pool.subarray(used, (used += 16))
  // A new millisecond begins in the lower half of the counter, so that there is room above.
  sequence = now === latest ? (sequence + 1) & 0xfff : bytes.readUInt16BE(6) & 0x7ff
  latest = now
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt16BE(0x7000 | sequence, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
