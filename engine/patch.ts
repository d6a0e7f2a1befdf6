import type { PatchOperation } from '#contract/decisions/patch.js'

type Container = Record<string, unknown> | unknown[]

/** Raised where a patch names a place that is not there. */
export class PatchError extends Error {
  override readonly name = 'PatchError'
}

/**
 * Applies a JSON Patch (RFC 6902: add, replace, remove) and gives the result; `document` stays as it was.
 * Raises {@link PatchError}.
 */
export function applyPatch<T>(document: T, operations: readonly PatchOperation[]): T {
  const copy = structuredClone(document)
  for (const operation of operations) applyOperation(copy, operation)
  return copy
}

function applyOperation(document: unknown, operation: PatchOperation): void {
  const tokens = operation.path.slice(1).split('/').map(unescapeToken)
  const last = tokens.pop()!
  const parent = tokens.reduce<unknown>((at, token) => member(at, token, operation.path), document)
  if (Array.isArray(parent)) changeArray(parent, last, operation)
  else changeObject(container(parent, operation.path) as Record<string, unknown>, last, operation)
}

/** RFC 6901: `~1` is a slash and `~0` a tilde, in this order. */
const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~')

function container(value: unknown, path: string): Container {
  if (typeof value === 'object' && value !== null) return value as Container
  throw new PatchError(`there is nothing to change at ${path}`)
}

function member(value: unknown, token: string, path: string): unknown {
  const parent = container(value, path)
  if (!Object.hasOwn(parent, token)) throw new PatchError(`there is nothing at ${token} of ${path}`)
  return (parent as Record<string, unknown>)[token]
}

function changeObject(parent: Record<string, unknown>, key: string, operation: PatchOperation): void {
  if (operation.op !== 'add') member(parent, key, operation.path)
  if (operation.op === 'remove') delete parent[key]
  else
    Object.defineProperty(parent, key, {
      value: structuredClone(operation.value),
      configurable: true,
      enumerable: true,
      writable: true,
    })
}

function changeArray(parent: unknown[], token: string, operation: PatchOperation): void {
  const end = operation.op === 'add' ? parent.length : parent.length - 1
  const index = token === '-' && operation.op === 'add' ? parent.length : Number(token)
  const valid = /^(0|[1-9]\d*)$/.test(token) || token === '-'
  if (!valid || !(index <= end)) throw new PatchError(`there is no element ${token} at ${operation.path}`)
  if (operation.op === 'remove') parent.splice(index, 1)
  else parent.splice(index, operation.op === 'add' ? 0 : 1, structuredClone(operation.value))
}
