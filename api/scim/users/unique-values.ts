import type { Change } from '../provisioning/change.js'
import { usersOf } from '../http/ask.js'
import type { Resource } from '../protocol/read-resource.js'
import { ScimError } from '../protocol/scim-error.js'
import { findHolders, holdAttribute, type UniquePath } from './unique.repository.js'

/** Somebody as they are to be, and as they were where they are here already. */
export interface Candidate {
  readonly id: string
  readonly attributes: Resource
  readonly before?: Resource
}

/** Attributes of an organisation's own that no two of its people have the same of. */
const uniquePaths = (change: Change): UniquePath[] =>
  usersOf(change).extensions.flatMap(({ id: urn, attributes }) =>
    attributes
      .filter(({ uniqueness }) => uniqueness === 'server')
      .map(({ name, caseExact, type }) => ({ urn, name, folds: type === 'string' && !caseExact })),
  )

const keyOf = (of: Resource | undefined, { urn, name, folds }: UniquePath): string | undefined => {
  const value = (of?.[urn] as Resource | undefined)?.[name]
  if (value === undefined) return undefined
  return folds ? String(value).toLowerCase() : String(value)
}

/**
 * Why people cannot be as they are to be: a value of theirs is somebody else's, be it here or of somebody before them in the
 * list. Whoever says the same of one attribute at this moment waits for the end of the transaction.
 */
export const uniqueClashes = async (
  change: Change,
  candidates: readonly Candidate[],
): Promise<Map<string, ScimError>> => {
  const clashes = new Map<string, ScimError>()
  for (const path of uniquePaths(change)) {
    const fresh = candidates.flatMap(({ id, attributes, before }) => {
      const key = keyOf(attributes, path)
      return key === undefined || key === keyOf(before, path) ? [] : [{ id, key }]
    })
    if (fresh.length === 0) continue
    // oxlint-disable-next-line no-await-in-loop -- In their order, so that two requests do not wait for each other.
    await holdAttribute(change.tx, path)
    // oxlint-disable-next-line no-await-in-loop -- One statement for each attribute, however many people.
    const taken = new Map(await findHolders(change.tx, path, [...new Set(fresh.map(({ key }) => key))]))
    for (const { id, key } of fresh) {
      const holders = taken.get(key) ?? []
      if (holders.some((holder) => holder !== id)) clashes.set(id, clash(path))
      else taken.set(key, [id])
    }
  }
  return clashes
}

const clash = ({ urn, name }: UniquePath): ScimError =>
  new ScimError(409, `${urn}:${name} is somebody else's already: look them up by a filter`, 'uniqueness')

/** Raises `uniqueness` where a value of somebody is another's. */
export const requireUnique = async (change: Change, candidate: Candidate): Promise<void> => {
  const [error] = (await uniqueClashes(change, [candidate])).values()
  if (error) throw error
}
