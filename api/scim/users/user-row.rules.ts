import type { ScimEffect } from '#contract/api/scim.js'
import type { Resource } from '../protocol/read-resource.js'
import type { ResourceDefinition } from '../protocol/schemas/definition.js'
import { schemasIn } from '../protocol/read-resource.js'

/** Somebody as kept: their row in scim_user with what their own row and their groups say. */
export interface UserRow {
  readonly id: string
  readonly user_name: string
  readonly external_id: string | null
  readonly attributes: Resource
  readonly active: boolean
  readonly pseudonym: string
  /** What their own row calls them. */
  readonly name: string
  readonly email: string | null
  readonly version: string
  readonly created_at: Date
  readonly last_modified_at: Date
  /** Absent where nobody asked for them. */
  readonly groups?: readonly { readonly value: string; readonly display: string }[] | null
}

/** What a request says of somebody, apart in columns and the rest. */
export interface UserContent {
  readonly user_name: string
  readonly external_id: string | null
  /** Undefined where nothing is said of it. */
  readonly active: boolean | undefined
  readonly attributes: Resource
}

const NAME = 120
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,189}$/

/** Takes a resource apart. A password is not kept: people sign in at their provider. */
export const contentOf = (resource: Resource): UserContent => {
  const {
    userName,
    externalId,
    active,
    password: _,
    schemas: _schemas,
    id: _id,
    meta: _meta,
    groups: _groups,
    ...attributes
  } = resource
  return {
    user_name: userName as string,
    external_id: (externalId as string | undefined) ?? null,
    active: active as boolean | undefined,
    attributes,
  }
}

/** What can be changed of somebody, as one resource. */
export const changeable = (row: Pick<UserRow, 'user_name' | 'external_id' | 'active' | 'attributes'>): Resource => ({
  ...row.attributes,
  userName: row.user_name,
  active: row.active,
  ...(row.external_id !== null && { externalId: row.external_id }),
})

/** The resource of a row; `base` is the address of the service up to /scim/v2. */
export const userOf = (row: UserRow, base: string, definition: ResourceDefinition): Resource => ({
  schemas: schemasIn(definition, row.attributes),
  id: row.id,
  ...(row.external_id !== null && { externalId: row.external_id }),
  userName: row.user_name,
  active: row.active,
  ...row.attributes,
  ...(row.groups &&
    row.groups.length > 0 && {
      groups: row.groups.map(({ value, display }) => ({
        value,
        $ref: `${base}/Groups/${value}`,
        display,
        type: 'direct',
      })),
    }),
  meta: {
    resourceType: 'User',
    created: row.created_at.toISOString(),
    lastModified: row.last_modified_at.toISOString(),
    location: `${base}/Users/${row.id}`,
    version: row.version,
  },
})

const textAt = (value: unknown, name: string): string | undefined => {
  const found = typeof value === 'object' && value !== null ? (value as Resource)[name] : undefined
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined
}

/** What the person is called here: the best that there is of displayName, name and userName. */
export const usualName = ({ user_name, attributes }: Pick<UserContent, 'user_name' | 'attributes'>): string => {
  const { name } = attributes
  const parts = [textAt(name, 'givenName'), textAt(name, 'familyName')].filter((part) => part !== undefined)
  const best = textAt(attributes, 'displayName') ?? textAt(name, 'formatted') ?? (parts.join(' ') || user_name)
  return best.slice(0, NAME).toWellFormed()
}

/** Addresses by which the person may be here already: the primary one first, then the name that they sign in by. */
export const usualAddresses = ({ user_name, attributes }: Pick<UserContent, 'user_name' | 'attributes'>): string[] => {
  const entries = Array.isArray(attributes['emails']) ? (attributes['emails'] as Resource[]) : []
  const chosen = entries.find((entry) => entry['primary'] === true) ?? entries[0]
  const candidates = [textAt(chosen, 'value'), user_name]
  return [...new Set(candidates.filter((each) => each !== undefined && EMAIL.test(each)) as string[])]
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const differing = (before: Resource, after: Resource): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !same(before[name], after[name]))

/** Names of the attributes that differ; those of an extension behind its URN. */
export const changedAttributes = (before: UserContent, after: UserContent): string[] => [
  ...(before.user_name === after.user_name ? [] : ['userName']),
  ...(before.external_id === after.external_id ? [] : ['externalId']),
  ...differing(before.attributes, after.attributes).flatMap((name) => {
    if (!name.includes(':')) return [name]
    const [was, is] = [before.attributes[name] ?? {}, after.attributes[name] ?? {}]
    return differing(was as Resource, is as Resource).map((each) => `${name}:${each}`)
  }),
]

/** An effect on somebody. */
export const onUser = (
  kind: ScimEffect['kind'],
  { id, user_name }: { readonly id: string; readonly user_name: string },
  more: Pick<ScimEffect, 'changed' | 'detail' | 'by_group'> = {},
): ScimEffect => ({ kind, resource: { type: 'User', id, display: user_name.slice(0, 256) }, ...more })
