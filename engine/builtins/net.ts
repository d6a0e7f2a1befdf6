import { contains, lastOf, parseAddress, parseNetwork, printAddress, type Address, type Network } from './address.js'
import { beyond, elements, refuse, text, type Call, type Family } from './call.js'
import { compare, isArray, RegoObject, RegoSet, type Value } from './value.js'

/** Steps for parsing and comparing one pair of networks. */
const PAIR_COST = 300
/** Steps for writing one address of an expanded network. */
const ADDRESS_COST = 100
const MAPPED_BASE = 0xffffn << 32n

const network = (value: Value): Network => parseNetwork(text(value)) ?? refuse('not a CIDR')

/** Whether the network holds an address or a whole other network. */
function holds(outer: Network, inner: Value): boolean {
  const address = parseAddress(text(inner))
  if (address) return contains(outer, address)
  const other = network(inner)
  return (
    contains(outer, { bits: other.bits, value: other.first }) &&
    contains(outer, { bits: other.bits, value: lastOf(other) })
  )
}

/** CIDRs of an operand with what stands for each in the answer: itself, its index, its key or the element of the set. */
function candidates(operand: Value): [cidr: Value, index: Value][] {
  if (typeof operand === 'string') return [[operand, operand]]
  if (isArray(operand)) return operand.map((element, index) => [cidrIn(element), index])
  if (operand instanceof RegoSet) return operand.sorted().map((element) => [cidrIn(element), element])
  if (operand instanceof RegoObject) return operand.sorted().map(([key, value]) => [cidrIn(value), key])
  return []
}

/** A CIDR, or an array that begins with one. */
function cidrIn(element: Value): Value {
  if (typeof element === 'string') return element
  if (isArray(element) && element.length > 0) return element[0]!
  return refuse('an element must be a string or an array that is not empty')
}

function containsMatches(outer: Value, inner: Value, call: Call): RegoSet {
  const [wide, narrow] = [candidates(outer), candidates(inner)]
  call.pay(PAIR_COST * wide.length * narrow.length)
  const found = new RegoSet()
  if (narrow.length === 0) return found
  for (const [cidr, index] of wide) {
    const net = network(cidr)
    for (const [other, otherIndex] of narrow) if (holds(net, other)) found.add([index, otherIndex])
  }
  return found
}

function expand(given: Network, call: Call): RegoSet {
  call.pay(ADDRESS_COST * Number(1n << BigInt(given.bits - given.prefix)))
  const addresses = new RegoSet()
  for (let value = given.first; value <= lastOf(given); value++)
    addresses.add(printAddress({ bits: given.bits, value }))
  return addresses
}

/** A run of addresses, counted in IPv6; `as` is how it prints where nothing was merged into it. */
interface Run {
  readonly bits: 32 | 128
  readonly first: bigint
  readonly last: bigint
  readonly as?: string
}

const lift = (bits: 32 | 128, value: bigint): bigint => (bits === 32 ? MAPPED_BASE | value : value)

/** A network, or an address of IPv4 with the bits that its class had before CIDR. */
function runOf(value: Value): Run {
  const address = parseAddress(text(value))
  if (!address) return runOfNetwork(mergeable(text(value)))
  if (address.bits === 128) return refuse('an IPv6 address needs a prefix length')
  const prefix = classfulPrefix(address)
  return {
    ...runOfNetwork(parseNetwork(`${printAddress(address)}/${prefix}`)!),
    as: `${printAddress(address)}/${prefix}`,
  }
}

/** OPA's merging misreads IPv4 networks that are written as IPv6. */
function mergeable(given: string): Network {
  const found = network(given)
  return found.bits === 32 && given.includes(':') ? beyond('an IPv4 network written as IPv6 is not merged') : found
}

const classfulPrefix = ({ value }: Address): number => {
  const byte = value >> 24n
  return byte < 0x80n ? 8 : byte < 0xc0n ? 16 : 24
}

const runOfNetwork = (given: Network): Run => ({
  bits: given.bits,
  first: lift(given.bits, given.first),
  last: lift(given.bits, lastOf(given)),
  as: print(given),
})

const print = ({ bits, first, prefix }: Network): string => `${printAddress({ bits, value: first })}/${prefix}`

/** Joins runs that overlap or touch, from the highest down, as OPA does. */
function joined(given: readonly Run[]): Run[] {
  const runs = given.toSorted((a, b) => compare(a.last, b.last) || compare(a.first, b.first))
  for (let index = runs.length - 1; index > 0; index--) {
    const [below, above] = [runs[index - 1]!, runs[index]!]
    const lowest = above.first === lift(above.bits, 0n)
    if ((lowest ? above.first : above.first - 1n) > below.last) continue
    const first = below.first < above.first ? below.first : above.first
    runs.splice(index - 1, 2, { bits: above.bits, first, last: above.last })
  }
  return runs
}

/** The fewest networks that cover exactly this run. */
function cover({ bits, first, last, as }: Run): string[] {
  if (as !== undefined) return [as]
  const found: string[] = []
  const base = lift(bits, 0n)
  for (let [from, to] = [first - base, last - base]; from <= to;) {
    let size = 0
    while (size < bits && from % (2n << BigInt(size)) === 0n && from + (2n << BigInt(size)) - 1n <= to) size++
    found.push(print({ bits, first: from, prefix: bits - size }))
    from += 1n << BigInt(size)
  }
  return found
}

/** `net.cidr_*` that are not in the module itself; nothing here asks a network. */
export const NET: Family = {
  'net.cidr_contains_matches': ([outer, inner], call) => containsMatches(outer!, inner!, call),
  'net.cidr_expand': ([given], call) => expand(network(given!), call),
  'net.cidr_is_valid': ([given]) => typeof given === 'string' && parseNetwork(given) !== undefined,
  'net.cidr_merge': ([given], call) => {
    const addresses = elements(given)
    call.pay(PAIR_COST * addresses.length + addresses.length ** 2 / 8)
    return new RegoSet(joined(addresses.map(runOf)).flatMap(cover))
  },
}
