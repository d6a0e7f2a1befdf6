import type { Condition } from '../filter/condition.js'
import type { Quirks } from '../quirks.js'
import { readValue, type Resource } from '../read-resource.js'
import { refuse } from '../scim-error.js'
import { GROUP } from '../schemas/group.js'
import { attributeNamed, GROUPS } from '../schemas/resources.js'
import type { Operation } from './operations.js'
import { parsePath } from './path.js'

/** One step on the members of a group, which are rows: a group of fifty thousand is not read to change one. */
export type MemberStep =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly ids: readonly string[] }
  | { readonly kind: 'clear' }

const MEMBERS = attributeNamed(GROUP.attributes, 'members')!

const idsOf = (value: unknown, quirks: Quirks): string[] =>
  ((readValue(MEMBERS, value, { where: 'members', quirks }) ?? []) as Resource[]).map(({ value: id }) => {
    if (typeof id !== 'string') throw refuse('invalidValue', 'each member needs a value: the id of a person')
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

const stepOf = ({ op, path, value }: Operation, quirks: Quirks): MemberStep | undefined => {
  const target = parsePath(path!, GROUPS)
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
  // Without a path, each name of the value is one.
  const single = operations.flatMap(({ op, path, value }): Operation[] =>
    path === undefined && typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
          .filter(([name]) => !['schemas', 'id', 'meta'].includes(name.toLowerCase()))
          .map(([name, each]) => ({ op, path: name, value: each as unknown }))
      : [{ op, path, value }],
  )
  for (const operation of single) {
    const step = operation.path === undefined ? undefined : stepOf(operation, quirks)
    if (step) steps.push(step)
    else rest.push(operation)
  }
  return { steps, rest }
}
