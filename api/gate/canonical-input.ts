import canonicalize from 'canonicalize'

/** Canonical text of facts that are shared by many decisions. */
const fragments = new WeakMap<object, string>()

const freeze = (value: unknown): void => {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return
  Object.values(value).forEach(freeze)
  Object.freeze(value)
}

const canonical = (value: unknown): string => {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('a fact has no canonical form')
  return text
}

/**
 * Freezes a part of the facts, to its depth, that stays the same over many decisions (an actor, a version, an install):
 * its canonical text is worked out once.
 */
export const factFragment = <T extends object>(part: T): T => {
  freeze(part)
  fragments.set(part, canonical(part))
  return part
}

const textOf = (value: unknown): string =>
  (value !== null && typeof value === 'object' ? fragments.get(value) : undefined) ?? canonical(value)

/**
 * The RFC 8785 bytes of a decision's input: what policy reads and what is stored, worked out once.
 * Raises an Error where a part has no canonical form, such as a lone surrogate.
 */
export const canonicalInput = (input: object): Uint8Array => {
  const parts = Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return Buffer.from(`{${parts.map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`).join(',')}}`)
}
