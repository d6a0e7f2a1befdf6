import type { Domain } from '#contract/api/sign-in.js'

/** The record that proves a domain, under a name of our own so that it disturbs nothing (RFC 8552). */
export const recordOf = (domain: string, challenge: string): Domain['record'] => ({
  name: `_gatehouse-challenge.${domain}`,
  type: 'TXT',
  value: `gatehouse-domain-verification=${challenge}`,
})

/** Whether TXT records, each in its pieces (RFC 1035, section 3.3.14), hold the value that was asked for. */
export const holdsRecord = (records: readonly (readonly string[])[], value: string): boolean =>
  records.some((pieces) => pieces.join('') === value)

/** The domain of an e-mail address in lower case; undefined where it is none. */
export const domainOf = (address: string): string | undefined => {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1).toLowerCase()
  return at > 0 && /^[a-z0-9.-]{3,253}$/.test(domain) ? domain : undefined
}
