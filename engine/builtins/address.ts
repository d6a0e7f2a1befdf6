import { isIPv4, isIPv6 } from 'node:net'

/** An IP address; one of IPv4 that is written as IPv6 counts as IPv4, as Go's net package has it. */
export interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

/** A network: its first address and how many bits are fixed. */
export interface Network {
  readonly bits: 32 | 128
  readonly first: bigint
  readonly prefix: number
}

const MAPPED = 0xffffn
const V4_MASK = 0xffff_ffffn

/** The address of a text without zone; undefined where it is none. */
export function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { bits: 32, value: v4(text) }
  if (!isIPv6(text) || text.includes('%')) return undefined
  const value = v6(text)
  return value >> 32n === MAPPED ? { bits: 32, value: value & V4_MASK } : { bits: 128, value }
}

const v4 = (text: string): bigint => text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)

function v6(text: string): bigint {
  const tail = /[0-9]+\.[0-9.]+$/.exec(text)?.[0]
  const plain = tail ? `${text.slice(0, -tail.length)}${hexGroups(v4(tail))}` : text
  const [head = '', rest] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = rest === undefined || rest === '' ? [] : rest.split(':')
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

const hexGroups = (value: bigint): string => `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`

/** The network of a text `address/bits`; host bits are cleared. Undefined where it is none. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  if (slash < 0 || !/^[0-9]{1,8}$/.test(text.slice(slash + 1))) return undefined
  const [written, address] = [text.slice(0, slash), parseAddress(text.slice(0, slash))]
  if (!address) return undefined
  const length = Number(text.slice(slash + 1))
  if (length > (written.includes(':') ? 128 : 32)) return undefined
  return address.bits === 32 && written.includes(':')
    ? mappedNetwork(address.value, length)
    : networkOf(address, length)
}

/** A network written with an IPv4 address in IPv6: of IPv4 where its bits reach that far, else of IPv6. */
const mappedNetwork = (value: bigint, length: number): Network =>
  length >= 96
    ? networkOf({ bits: 32, value }, length - 96)
    : networkOf({ bits: 128, value: (MAPPED << 32n) | value }, length)

const networkOf = ({ bits, value }: Address, prefix: number): Network => {
  const host = BigInt(bits - prefix)
  return { bits, first: (value >> host) << host, prefix }
}

export const lastOf = ({ bits, first, prefix }: Network): bigint => first | ((1n << BigInt(bits - prefix)) - 1n)

export const contains = (network: Network, address: Address): boolean =>
  network.bits === address.bits && address.value >= network.first && address.value <= lastOf(network)

/** The address as Go prints it: RFC 5952 for IPv6. */
export function printAddress({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn))
  const { start, length } = longestZeros(groups)
  const hex = groups.map((group) => group.toString(16))
  if (length < 2) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start++) {
    let length = 0
    while (groups[start + length] === 0) length++
    if (length > best.length) best = { start, length }
  }
  return best
}
