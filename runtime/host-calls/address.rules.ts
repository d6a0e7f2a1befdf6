import { BlockList, isIP } from 'node:net'
import type { DecisionFacts } from '#contract/decisions/inputs.js'

export type AddressClass = NonNullable<DecisionFacts<'capability'>['http']>['address_class']
export interface Address {
  readonly address: string
  readonly family: 4 | 6
}

const listOf = (ranges: readonly (readonly [network: string, prefix: number])[]): BlockList => {
  const list = new BlockList()
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4')
  return list
}

// IANA special-purpose registries (RFC 6890). A BlockList looks through IPv4-mapped IPv6 addresses by itself.
const LOOPBACK = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
])
const LINK_LOCAL = listOf([
  ['169.254.0.0', 16],
  ['fe80::', 10],
])
const NOT_PUBLIC = listOf([
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
])
// Of IPv6 only global unicast is public, less what tunnels to an IPv4 address (6to4, Teredo), ORCHID and documentation.
const GLOBAL_UNICAST = listOf([['2000::', 3]])
const NOT_PUBLIC_V6 = listOf([
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

/** Which kind of address this is; what is neither known as public nor as loopback or link-local is `private`. */
export const classOf = ({ address, family }: Address): AddressClass => {
  const type = family === 6 ? 'ipv6' : 'ipv4'
  if (LOOPBACK.check(address, type)) return 'loopback'
  if (LINK_LOCAL.check(address, type)) return 'link_local'
  if (NOT_PUBLIC.check(address, type)) return 'private'
  if (family === 4) return 'public'
  return GLOBAL_UNICAST.check(address, type) && !NOT_PUBLIC_V6.check(address, type) ? 'public' : 'private'
}

const STRICTEST: readonly AddressClass[] = ['link_local', 'private', 'loopback', 'public']

/** The class of a host with these addresses: the least public one counts, since any of them may be connected to. */
export const classOfAll = (addresses: readonly Address[]): AddressClass => {
  const classes = new Set(addresses.map(classOf))
  return STRICTEST.find((each) => classes.has(each)) ?? 'unresolved'
}

/** Whether a URL's host is an IP address; the URL parser has already turned decimal, octal and hex forms into this one. */
export const isLiteral = (host: string): boolean => host.startsWith('[') || isIP(host) !== 0
