/**
 * OPA's values as its runtime lays them out in memory (`opa_value` and its kinds). Addresses are `usize`; 0 is no value.
 *
 *   string  { u8 kind, u8 owns, u16 -, u32 length, u32 bytes }
 *   object  { u8 kind, u32 buckets, u32 size, u32 length }, size a power of two
 *   member  { u32 key, u32 value, u32 next }; the members of a bucket are sorted by their keys
 *   number  { u8 kind, u8 form, i64 whole | u32 text, u32 length }
 */

export const STRING: u8 = 4
export const OBJECT: u8 = 6
/** A string of the policy itself, which is never freed. */
export const LITERAL: u8 = 8

const FNV_BASIS: u32 = 0x811c9dc5
const FNV_PRIME: u32 = 0x01000193

// @ts-ignore: decorator
@inline
export function isString(value: usize): bool {
  const kind = load<u8>(value)
  return kind == STRING || kind == LITERAL
}

/** OPA's hash of a string: FNV-1, on whose value the order of sets and objects stands. */
export function hashOf(bytes: usize, length: u32): u32 {
  let hash = FNV_BASIS
  const end = bytes + length
  for (; bytes + 4 <= end; bytes += 4) {
    const word = load<u32>(bytes)
    hash = (hash * FNV_PRIME) ^ (word & 0xff)
    hash = (hash * FNV_PRIME) ^ ((word >> 8) & 0xff)
    hash = (hash * FNV_PRIME) ^ ((word >> 16) & 0xff)
    hash = (hash * FNV_PRIME) ^ (word >> 24)
  }
  for (; bytes < end; bytes++) hash = (hash * FNV_PRIME) ^ load<u8>(bytes)
  return hash
}

/** Whether two strings are the same, which is cheaper to say than which of them is first. */
export function sameString(one: usize, other: usize): bool {
  const length = load<u32>(one, 4)
  if (length != load<u32>(other, 4)) return false
  let left = load<usize>(one, 8)
  let right = load<usize>(other, 8)
  const end = left + length
  for (; left + 8 <= end; left += 8, right += 8) if (load<u64>(left) != load<u64>(right)) return false
  for (; left < end; left++, right++) if (load<u8>(left) != load<u8>(right)) return false
  return true
}

/** -1, 0 or 1, as OPA orders strings: by their bytes, the shorter one first. */
export function compareStrings(one: usize, other: usize): i32 {
  const length = load<u32>(one, 4)
  const otherLength = load<u32>(other, 4)
  let left = load<usize>(one, 8)
  let right = load<usize>(other, 8)
  const end = left + min(length, otherLength)
  while (left + 8 <= end && load<u64>(left) == load<u64>(right)) {
    left += 8
    right += 8
  }
  for (; left < end; left++, right++) {
    const difference = <i32>load<u8>(left) - <i32>load<u8>(right)
    if (difference != 0) return difference < 0 ? -1 : 1
  }
  return <i32>(length > otherLength) - <i32>(length < otherLength)
}
