import type { Column, Layout } from '../protocol/filter/sql.js'

const text = (sql: string): Column => ({ sql, kind: 'text' })
const exact = (sql: string): Column => ({ sql, kind: 'exact' })
const moment = (sql: string): Column => ({ sql, kind: 'moment' })

/** Whether somebody is active is told by their own row alone, whoever turned them off. */
const ACTIVE = '(SELECT own.disabled_at IS NULL FROM principal own WHERE own.id = s.principal_id)'

/** Where what is known of people lies; `s` is their row in scim_user. */
export const USER_LAYOUT: Layout = {
  json: 's.attributes',
  columns: {
    id: exact('s.principal_id::text'),
    userName: { sql: 's.user_name_key', kind: 'folded' },
    externalId: exact('s.external_id'),
    active: { sql: ACTIVE, kind: 'boolean' },
    'meta.resourceType': exact(`'User'`),
    'meta.created': moment('s.created_at'),
    'meta.lastModified': moment('s.last_modified_at'),
  },
  lists: {
    groups: {
      from: 'scim_group_member gm JOIN scim_group mg ON mg.id = gm.group_id WHERE gm.member_id = s.principal_id',
      columns: { value: exact('mg.id::text'), display: text('mg.display_name'), type: text(`'direct'`) },
    },
  },
}
