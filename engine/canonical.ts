import canonicalize from 'canonicalize'

/** RFC 8785 bytes of a JSON value. Fails on what has no canonical form, such as undefined or a number that is not finite. */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('the value has no canonical form')
  return new TextEncoder().encode(text)
}
