import type { CallTarget } from '../installs/call-target.js'

const narrowed = new WeakMap<CallTarget, Map<string, CallTarget>>()

const narrow = (target: CallTarget, permissions: readonly string[]): CallTarget => {
  const granted = target.granted.filter((permission) => permissions.includes(permission))
  return Object.freeze({ ...target, granted, facts: { ...target.facts, grant: { permissions: granted } } })
}

/** The install as a token sees it: granted is what the install was granted and the token names. Made once for each set. */
export const narrowedTo = (target: CallTarget, permissions: readonly string[]): CallTarget => {
  let known = narrowed.get(target)
  if (!known) narrowed.set(target, (known = new Map()))
  const name = permissions.toSorted().join(' ')
  let found = known.get(name)
  if (!found) known.set(name, (found = narrow(target, permissions)))
  return found
}
