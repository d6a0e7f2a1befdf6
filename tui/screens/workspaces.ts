import type { AnswerOf, GatehouseClient } from '#sdk/client/client.js'
import type { Screen, Shortcut } from '../screen.js'

type Workspace = AnswerOf<'workspaces.list'>['items'][number]
type Member = AnswerOf<'workspaces.members'>['items'][number]
/** A workspace, and its newest members. */
type WorkspaceRow = Workspace & { readonly members: readonly Member[]; readonly more: boolean }

/** Members of a workspace that are shown; the command lists all. */
const SHOWN = 50

const load = async (client: GatehouseClient): Promise<WorkspaceRow[]> => {
  const { items } = await client.get('workspaces.list', { query: { limit: 200 } })
  return Promise.all(
    items.map(async (workspace) => {
      const page = await client.get('workspaces.members', { params: { id: workspace.id }, query: { limit: SHOWN } })
      return { ...workspace, members: page.items, more: page.next_cursor !== null }
    }),
  )
}

const memberWords = ({ members, more }: WorkspaceRow): string => {
  const words = members.map(({ person, roles }) => `${person.name} (${roles.join(', ')})`)
  return [...words, ...(more ? ['…'] : [])].join(', ') || 'nobody'
}

const onRow: Shortcut<WorkspaceRow>['refused'] = (row) => (row ? null : 'nothing is selected')
const SHORTCUTS: readonly Shortcut<WorkspaceRow>[] = [
  { key: 'm', title: 'members', refused: onRow, line: 'members .' },
  { key: 'g', title: 'give roles', refused: onRow, line: 'give . ' },
  { key: 't', title: 'take roles', refused: onRow, line: 'take . ' },
  { key: 'x', title: 'archive', refused: onRow, line: 'archive . --reason ' },
  { key: 'r', title: 'restore', refused: onRow, line: 'restore .' },
  { key: 'c', title: 'create', refused: () => null, line: 'create ' },
]

/** Workspaces of the organisation, and who has which role in each. */
export const workspaces: Screen<WorkspaceRow> = {
  id: 'workspaces',
  title: 'Workspaces',
  empty: 'There is no workspace that you can see: c creates one.',
  load,
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'STATE', cell: ({ status }) => (status === 'active' ? '● active' : '✗ archived'), width: 10 },
    { heading: 'WORKSPACE', cell: ({ slug }) => slug, width: 16 },
    { heading: 'MEMBERS (ROLES)', cell: memberWords, width: 20, grow: true },
    { heading: 'NAME', cell: ({ name }) => name, width: 24, from: 100 },
    { heading: 'SINCE', cell: ({ created_at }) => created_at.slice(0, 10), width: 10, from: 120 },
  ],
  describe: (workspace) => [
    ['workspace', workspace.id],
    ['slug', workspace.slug],
    ['name', workspace.name],
    ['state', workspace.status === 'active' ? 'active' : `archived at ${workspace.archived_at}`],
    ...(workspace.archived_because === null ? [] : [['because', workspace.archived_because] as const]),
    ...workspace.members.map(({ person, roles }) => ['member', `${person.name}: ${roles.join(', ')}`] as const),
    ...(workspace.more ? [['member', `… gatehouse workspaces members ${workspace.slug}`] as const] : []),
    ...(workspace.members.length === 0 ? [['member', 'nobody'] as const] : []),
  ],
  actions: [],
  commands: { family: 'workspaces', shortcuts: SHORTCUTS },
}
