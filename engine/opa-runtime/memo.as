/** What rules came to, by the numbers of the rules: looked at each time that a rule is asked. */
import { opa_malloc } from './memory'

/** Where { before, table } of the evaluation, or of a `with` in it, is. Tables begin as empty objects and are used by nothing else. */
const MEMO: usize = 119760

export function opa_memoize_get(rule: u32): usize {
  const member = memberOf(load<usize>(load<usize>(MEMO), 4), rule)
  return member == 0 ? 0 : load<usize>(member, 4)
}

export function opa_memoize_insert(rule: u32, value: usize): void {
  const table = load<usize>(load<usize>(MEMO), 4)
  const known = memberOf(table, rule)
  if (known != 0) return store<usize>(known, value, 4)
  const length = load<u32>(table, 12) + 1
  store<u32>(table, length, 12)
  if (length > load<u32>(table, 8)) grow(table)
  const member = opa_malloc(12)
  store<u32>(member, rule)
  store<usize>(member, value, 4)
  put(table, member)
}

function placeOf(table: usize, rule: u32): usize {
  return load<usize>(table, 4) + ((rule & (load<u32>(table, 8) - 1)) << 2)
}

function memberOf(table: usize, rule: u32): usize {
  let member = load<usize>(placeOf(table, rule))
  while (member != 0 && load<u32>(member) != rule) member = load<usize>(member, 8)
  return member
}

function put(table: usize, member: usize): void {
  const place = placeOf(table, load<u32>(member))
  store<usize>(member, load<usize>(place), 8)
  store<usize>(place, member)
}

/** Four times as many buckets. */
function grow(table: usize): void {
  const size = load<u32>(table, 8) << 2
  const end = size << 2
  const before = load<usize>(table, 4)
  const buckets = opa_malloc(end)
  for (let at: u32 = 0; at < end; at += 8) store<u64>(buckets + at, 0)
  store<usize>(table, buckets, 4)
  store<u32>(table, size, 8)
  for (let at: u32 = 0; at < end >> 2; at += 4) {
    let member = load<usize>(before + at)
    while (member != 0) {
      const next = load<usize>(member, 8)
      put(table, member)
      member = next
    }
  }
}
