import type { Column, Layout } from '../protocol/filter/sql.js'

const text = (sql: string): Column => ({ sql, kind: 'text' })
const exact = (sql: string): Column => ({ sql, kind: 'exact' })
const moment = (sql: string): Column => ({ sql, kind: 'moment' })

/** Where what is known of groups lies; `s` is their row in scim_group. */
export const GROUP_LAYOUT: Layout = {
  json: 's.attributes',
  columns: {
    id: exact('s.id::text'),
    displayName: { sql: 's.display_name_key', kind: 'folded' },
    externalId: exact('s.external_id'),
    'meta.resourceType': exact(`'Group'`),
    'meta.created': moment('s.created_at'),
    'meta.lastModified': moment('s.last_modified_at'),
  },
  lists: {
    members: {
      from: 'scim_group_member gm JOIN scim_user mu ON mu.principal_id = gm.member_id WHERE gm.group_id = s.id',
      columns: { value: exact('gm.member_id::text'), display: text('mu.user_name'), type: text(`'User'`) },
    },
  },
}
