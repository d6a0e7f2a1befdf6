import type { Condition } from '../filter/condition.js'
import type { Quirks } from '../quirks.js'
import { readValue, type Resource } from '../read-resource.js'
import { refuse } from '../scim-error.js'
import { GROUP } from '../schemas/group.js'
import { attributeNamed, GROUPS, schemaBefore } from '../schemas/resources.js'
import type { Operation } from './operations.js'
import { parsePath } from './path.js'

/** One step on the members of a group, which are rows: a group of fifty thousand is not read to change one. */
export type MemberStep =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly ids: readonly string[] }
  | { readonly kind: 'clear' }

const MEMBERS = attributeNamed(GROUP.attributes, 'members')!

const idsOf = (value: unknown, quirks: Quirks): string[] =>
  ((readValue(MEMBERS, value, { where: 'members', quirks }) ?? []) as Resource[]).map(({ value: id, type }) => {
    if (typeof id !== 'string') throw refuse('invalidValue', 'each member needs a value: the id of a person')
    if (typeof type === 'string' && type.toLowerCase() !== 'user')
      throw refuse('invalidValue', 'the members of a group are people: groups in groups are not supported')
    return id
  })

/** Ids that a filter such as `value eq "…" or value eq "…"` names. */
const idsIn = (where: Condition): string[] => {
  if (where.kind === 'or') return where.parts.flatMap(idsIn)
  const isId =
    where.kind === 'compare' &&
    where.op === 'eq' &&
    where.attribute.path.join('.') === 'value' &&
    typeof where.value === 'string'
  if (!isId) throw refuse('invalidFilter', 'members are named by their id: members[value eq "…"]')
  return [where.value as string]
}

const isWhole = (path: string | undefined): boolean => {
  const behind = path === undefined ? undefined : schemaBefore(GROUPS, path.trim())
  return path === undefined || (behind?.rest === '' && behind.schema === GROUP)
}

/** Without a path, or with that of the whole group, each name of the value is one. */
const single = ({ op, path, value }: Operation): Operation[] => {
  if (op === 'remove' || !isWhole(path) || typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ op, path, value }]
  return Object.entries(value)
    .filter(([name]) => !['schemas', 'id', 'meta'].includes(name.toLowerCase()))
    .flatMap(([name, each]): Operation[] => {
      const isNested = isWhole(name)
      if (isNested && path !== undefined) throw refuse('invalidPath', `${GROUP.id} has no attribute ${GROUP.id}`)
      const one = { op, path: name, value: each as unknown }
      return isNested ? single(one) : [one]
    })
}

const stepOf = ({ op, path, value }: Operation, quirks: Quirks): MemberStep | undefined => {
  const target = parsePath(path!, GROUPS, quirks)
  if (target.kind !== 'attribute' || target.attribute !== MEMBERS) return undefined
  if (target.part && !(target.part.name === 'value' && op === 'remove'))
    throw refuse('mutability', 'a member cannot be changed, only added and removed')
  if (target.where) {
    if (op !== 'remove') throw refuse('mutability', 'a member cannot be changed, only added and removed')
    return { kind: 'remove', ids: idsIn(target.where) }
  }
  if (op !== 'remove') return { kind: op, ids: idsOf(value, quirks) }
  const isNamed = quirks.removesByValue && value !== undefined && value !== null
  return isNamed ? { kind: 'remove', ids: idsOf(value, quirks) } : { kind: 'clear' }
}

/**
 * Takes what concerns members out of the operations on a group: the steps in their order, and the operations that are left.
 * Raises `ScimError`.
 */
export const splitMembers = (
  operations: readonly Operation[],
  quirks: Quirks,
): { readonly steps: readonly MemberStep[]; readonly rest: readonly Operation[] } => {
  const steps: MemberStep[] = []
  const rest: Operation[] = []
  for (const operation of operations.flatMap(single)) {
    const step = operation.path === undefined ? undefined : stepOf(operation, quirks)
    if (step) steps.push(step)
    else rest.push(operation)
  }
  return { steps, rest }
}
