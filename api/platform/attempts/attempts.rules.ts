import { isIPv6 } from 'node:net'

/** How attempts of a kind are limited. Seconds. */
export interface Limit {
  /** Failures before there is any wait. */
  readonly free: number
  /** The longest wait. */
  readonly most: number
  /** One failure is forgotten in this time. */
  readonly forgets: number
}

/** What is counted, and how. */
export const LIMITS = {
  /** Passwords of one account: some hundred guesses a day at most (NIST SP 800-63B, section 3.2.2). */
  account: { free: 5, most: 900, forgets: 3600 },
  /** Second factors of one person. */
  factor: { free: 5, most: 900, forgets: 3600 },
  /** Codes of commands that one person types. */
  code: { free: 20, most: 900, forgets: 3600 },
  /** Whatever one address tries, for whomever: many people may share it. */
  address: { free: 100, most: 900, forgets: 30 },
  /** One client at the token endpoint, from one address. */
  client: { free: 20, most: 60, forgets: 60 },
  /** Sign-ins that one address begins, ended or not. */
  start: { free: 120, most: 60, forgets: 1 },
} as const satisfies Record<string, Limit>

/** Whose attempts are counted: `of` is an account, address or client, as its kind has it. */
export interface Whose {
  readonly kind: keyof typeof LIMITS
  readonly of: string
}

const GROUPS = 8
/** The network of an IPv6 address that one customer has. */
const NETWORK_GROUPS = 4

const ipv6Network = (address: string): string => {
  const [head = '', tail = ''] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, GROUPS - before.length - after.length) }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** An address as it is counted: of IPv6 the /64, of which one machine has every address. */
export const addressOf = (ip: string): string => {
  const [plain = ''] = ip.toLowerCase().split('%', 1)
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  return isIPv6(plain) ? ipv6Network(plain) : plain
}
