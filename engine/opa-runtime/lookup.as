/** Finding a value by its key. What is not about strings is left to OPA's own functions. */
import { compareStrings, hashOf, isString, OBJECT, sameString } from './values'

// @ts-ignore: decorator
@external('original', 'opa_value_compare')
declare function originalCompare(one: usize, other: usize): i32
// @ts-ignore: decorator
@external('original', 'opa_value_get')
declare function originalGet(node: usize, key: usize): usize
// @ts-ignore: decorator
@external('original', 'opa_value_hash')
declare function originalHash(value: usize): u32

export function opa_value_compare(one: usize, other: usize): i32 {
  if (one == other) return 0
  if (one != 0 && other != 0 && isString(one) && isString(other)) return compareStrings(one, other)
  return originalCompare(one, other)
}

export function opa_value_hash(value: usize): u32 {
  return isString(value) ? hashOf(load<usize>(value, 8), load<u32>(value, 4)) : originalHash(value)
}

export function opa_value_get(node: usize, key: usize): usize {
  if (node == 0 || load<u8>(node) != OBJECT || !isString(key)) return originalGet(node, key)
  const size = load<u32>(node, 8)
  if (!isPowerOfTwo(size)) return originalGet(node, key)
  const hash = hashOf(load<usize>(key, 8), load<u32>(key, 4))
  let member = load<usize>(load<usize>(node, 4) + ((hash & (size - 1)) << 2))
  for (; member != 0; member = load<usize>(member, 8)) {
    const found = load<usize>(member)
    if (found == key || (isString(found) && sameString(found, key))) return load<usize>(member, 4)
  }
  return 0
}

// @ts-ignore: decorator
@inline
function isPowerOfTwo(size: u32): bool {
  return (size & (size - 1)) == 0
}
