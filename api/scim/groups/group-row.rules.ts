import type { ScimEffect } from '#contract/api/scim.js'
import { schemasIn, type Resource } from '../protocol/read-resource.js'
import { GROUPS } from '../protocol/schemas/resources.js'

/** A group as kept. */
export interface GroupRow {
  readonly id: string
  readonly display_name: string
  readonly external_id: string | null
  readonly attributes: Resource
  readonly version: string
  readonly created_at: Date
  readonly last_modified_at: Date
  /** Absent where nobody asked for them. */
  readonly members?: readonly { readonly value: string; readonly display: string }[] | null
}

/** What a request says of a group apart from its members. */
export interface GroupContent {
  readonly display_name: string
  readonly external_id: string | null
  readonly attributes: Resource
}

/** Takes a resource apart; members are rows of their own. */
export const groupContentOf = (resource: Resource): GroupContent => {
  const { displayName, externalId, members: _, schemas: _schemas, id: _id, meta: _meta, ...attributes } = resource
  return { display_name: displayName as string, external_id: (externalId as string | undefined) ?? null, attributes }
}

/** Ids of the members that a resource names, each once. */
export const memberIdsOf = (resource: Resource): string[] => [
  ...new Set(((resource['members'] ?? []) as Resource[]).map(({ value }) => String(value ?? ''))),
]

/** What can be changed of a group by a PATCH that leaves members alone. */
export const changeableGroup = (row: GroupRow): Resource => ({
  ...row.attributes,
  displayName: row.display_name,
  ...(row.external_id !== null && { externalId: row.external_id }),
})

/** The resource of a row; `base` is the address of the service up to /scim/v2. */
export const groupOf = (row: GroupRow, base: string): Resource => ({
  schemas: schemasIn(GROUPS, row.attributes),
  id: row.id,
  ...(row.external_id !== null && { externalId: row.external_id }),
  displayName: row.display_name,
  ...row.attributes,
  ...(row.members &&
    row.members.length > 0 && {
      members: row.members.map(({ value, display }) => ({
        value,
        $ref: `${base}/Users/${value}`,
        display,
        type: 'User',
      })),
    }),
  meta: {
    resourceType: 'Group',
    created: row.created_at.toISOString(),
    lastModified: row.last_modified_at.toISOString(),
    location: `${base}/Groups/${row.id}`,
    version: row.version,
  },
})

type Named = Pick<GroupRow, 'id' | 'display_name'>

/** An effect on a group. */
export const onGroup = (
  kind: ScimEffect['kind'],
  { id, display_name }: Named,
  more: Pick<ScimEffect, 'changed' | 'member'> = {},
): ScimEffect => ({ kind, resource: { type: 'Group', id, display: display_name.slice(0, 256) }, ...more })

/** An effect on who belongs to a group. */
export const onMember = (kind: 'member.added' | 'member.removed', group: Named, member: string): ScimEffect =>
  onGroup(kind, group, { member })
