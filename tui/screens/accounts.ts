import type { AnswerOf, GatehouseClient } from '#sdk/client/client.js'
import type { Screen, Shortcut } from '../screen.js'
import { IN_DECISIONS } from '../use-who.js'

type Account = AnswerOf<'accounts.list'>['items'][number]
type Person = AnswerOf<'people.list'>['items'][number]
/** A program, and the person who answers for it where they are seen. */
type AccountRow = Account & { readonly owner: Person | undefined }

const load = async (client: GatehouseClient): Promise<AccountRow[]> => {
  const query = { limit: 200 }
  const [accounts, people] = await Promise.all([
    client.get('accounts.list', { query }),
    client.get('people.list', { query }),
  ])
  return accounts.items.map((account) => ({
    ...account,
    owner: people.items.find(({ id }) => id === account.owner_id),
  }))
}

const isOrphaned = ({ owner }: AccountRow): boolean => owner !== undefined && owner.disabled_at !== null
const state = (row: AccountRow): string => {
  if (row.disabled_at !== null) return '✗ off'
  return isOrphaned(row) ? '! refused' : '● active'
}
const answering = ({ owner, owner_id }: AccountRow): string => owner?.name ?? owner_id ?? 'nobody'
const roleWords = ({ roles, custom_roles }: Account): string => [...roles, ...custom_roles].join(', ') || 'none'

const onRow: Shortcut<AccountRow>['refused'] = (row) => (row ? null : 'nothing is selected')
const SHORTCUTS: readonly Shortcut<AccountRow>[] = [
  { key: 'n', title: 'make one', refused: () => null, line: 'create ' },
  { key: 'c', title: 'secrets and keys', refused: onRow, line: 'credentials .' },
  { key: 's', title: 'make a secret', refused: onRow, line: 'secret . --name ' },
  { key: 'x', title: 'revoke one', refused: onRow, line: 'revoke . ' },
  { key: 'o', title: 'hand over', refused: onRow, line: 'handover . ' },
]

/** Programs with rights of their own, and who answers for them. */
export const accounts: Screen<AccountRow> = {
  id: 'accounts',
  title: 'Service accounts',
  empty: 'There is no service account: n makes one.',
  load,
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'STATE', cell: state, width: 9 },
    { heading: 'NAME', cell: ({ name }) => name, width: 18, grow: true },
    { heading: 'ROLES', cell: roleWords, width: 16 },
    { heading: 'ANSWERS FOR IT', cell: answering, width: 18, from: 80 },
    { heading: 'CLIENT ID', cell: ({ id }) => id, width: 36, from: 120 },
  ],
  describe: (row) => [
    ['account', `${row.id}, its client_id`],
    ['name', row.name],
    ['state', row.disabled_at === null ? 'active' : `disabled at ${row.disabled_at}`],
    ['roles', roleWords(row)],
    ['answers for it', answering(row)],
    ...(isOrphaned(row) ? [['refused', 'whoever answers for it is disabled: o hands it over'] as const] : []),
    [IN_DECISIONS, row.pseudonym],
    ['made', row.created_at],
  ],
  actions: [],
  commands: { family: 'service-accounts', shortcuts: SHORTCUTS },
}
