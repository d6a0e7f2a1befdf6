import type { AnswerOf } from '#sdk/client/client.js'
import type { Screen, Shortcut } from '../screen.js'

type Group = AnswerOf<'scim.listGroups'>['items'][number]

const rolesOf = ({ roles, custom_roles, in_workspaces }: Group): string[] => [
  ...[...roles, ...custom_roles],
  ...in_workspaces.flatMap((there) => there.roles.map((role) => `${role} in ${there.workspace.slug}`)),
]
const roleWords = (group: Group): string => rolesOf(group).join(', ') || 'none'
const onRow: Shortcut<Group>['refused'] = (row) => (row ? null : 'nothing is selected')

const SHORTCUTS: readonly Shortcut<Group>[] = [
  { key: 'p', title: 'what the provider did', refused: onRow, line: 'scim log --group .' },
  { key: 'r', title: 'rules', refused: () => null, line: 'show default' },
  { key: 'e', title: 'edit rules', refused: () => null, line: 'set default --reason ' },
  { key: 'H', title: 'history of rules', refused: () => null, line: 'history default' },
]

/** Groups that identity providers keep in step, and the roles that rules give them. */
export const groups: Screen<Group> = {
  id: 'groups',
  title: 'Groups',
  empty: 'No identity provider keeps a group here: gatehouse scim connections create NAME begins.',
  load: async (client) => (await client.get('scim.listGroups', { query: { limit: 200 } })).items,
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'GROUP', cell: ({ display_name }) => display_name, width: 18, grow: true },
    { heading: 'PEOPLE', cell: ({ members }) => String(members), width: 6 },
    { heading: 'ROLES GIVEN', cell: roleWords, width: 18, grow: true },
    { heading: 'AT THE PROVIDER', cell: ({ external_id }) => external_id ?? '-', width: 24, from: 100 },
    {
      heading: 'CHANGED',
      cell: ({ last_modified_at }) => last_modified_at.slice(0, 16).replace('T', ' '),
      width: 16,
      from: 80,
    },
  ],
  describe: (group) => [
    ['group', group.id],
    ['name', group.display_name],
    ['at the provider', group.external_id ?? '-'],
    ['people', String(group.members)],
    ['roles given', roleWords(group)],
    ['changed', group.last_modified_at],
    ['rules', 'gatehouse scim rules show'],
  ],
  actions: [],
  commands: { family: 'scim rules', shortcuts: SHORTCUTS },
}
