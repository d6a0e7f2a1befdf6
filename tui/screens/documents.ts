import type { Family } from '#cli/document-client.js'
import type { AnswerOf } from '#sdk/client/client.js'
import type { Screen, Shortcut } from '../screen.js'

type Revision = AnswerOf<`${Family}.list`>['items'][number]
type Line = readonly [label: string, value: string]

const onRow: Shortcut<Revision>['refused'] = (row) => (row === undefined ? 'nothing is selected' : null)
const onEarlier: Shortcut<Revision>['refused'] = (row) =>
  row === undefined ? 'nothing is selected' : row.revision > 1 ? null : 'it has one revision only'

const SHORTCUTS: readonly Shortcut<Revision>[] = [
  { key: 'o', title: 'what holds', refused: onRow, line: 'show .' },
  { key: 'e', title: 'edit', refused: onRow, line: 'set . --reason ' },
  { key: 'n', title: 'new', refused: () => null, line: 'set ' },
  { key: 'D', title: 'diff', refused: onRow, line: 'diff .' },
  { key: 'H', title: 'history', refused: onRow, line: 'history .' },
  { key: 'b', title: 'back to a revision', refused: onEarlier, line: 'revert . ' },
]

/** Who holds a role. */
const HOLDERS: readonly Shortcut<Revision>[] = [
  { key: '+', title: 'give to', refused: onRow, line: 'give . ' },
  { key: '-', title: 'take from', refused: onRow, line: 'take . ' },
]

const size = ({ document }: Revision): number =>
  'scopes' in document ? document.scopes.length : document.entries.length

const holds = ({ from, until }: { from: string | null; until: string | null }): string =>
  `${from ? ` from ${from}` : ''}${until ? ` until ${until}` : ''}`

const contents = ({ document }: Revision): readonly Line[] => {
  if ('scopes' in document)
    return [['until', document.until ?? 'without end'], ...document.scopes.map((scope): Line => ['scope', scope])]
  const entries = document.entries.map((entry): Line => {
    if ('limit' in entry)
      return ['limit', `${entry.limit} ${entry.value} for ${entry.extension}${holds(entry)}: ${entry.why}`]
    const { extension, publisher, version, category, permission } = entry
    const about = Object.entries({ extension, publisher, version, category, permission })
    const named = about.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`])).join(', ')
    return [entry.effect, `${named}${holds(entry)}: ${entry.why}`]
  })
  return 'admits' in document ? [['admits', document.admits], ...entries] : entries
}

/** What an organisation lays down in documents of one kind, each at its newest revision. */
const documentScreen = (
  id: Family,
  words: Pick<Screen<Revision>, 'title' | 'empty'>,
  more: readonly Shortcut<Revision>[] = [],
): Screen<Revision> => ({
  id,
  ...words,
  load: async (client) => (await client.get(`${id}.list`, { query: { limit: 100 } })).items,
  rowKey: ({ name }) => name,
  columns: [
    { heading: 'NAME', cell: ({ name }) => name, width: 16 },
    { heading: 'TITLE', cell: ({ document }) => document.title, width: 16, grow: true },
    { heading: 'REVISION', cell: ({ revision }) => String(revision), width: 8 },
    { heading: id === 'roles' ? 'SCOPES' : 'ENTRIES', cell: (row) => String(size(row)), width: 7 },
    { heading: 'WRITTEN', cell: ({ created_at }) => created_at.slice(0, 16).replace('T', ' '), width: 16, from: 80 },
    { heading: 'WHY', cell: ({ why }) => why, width: 36, from: 120 },
  ],
  describe: (row) => [
    ['name', row.name],
    ['title', row.document.title],
    ['revision', row.reverts_to === null ? String(row.revision) : `${row.revision}, which repeats ${row.reverts_to}`],
    ['written', `${row.created_at} by ${row.by}: ${row.why}`],
    ['decision', row.decision_id],
    ...contents(row),
  ],
  actions: [],
  commands: { family: id, shortcuts: [...SHORTCUTS, ...more] },
})

/** Extensions that an organisation allows, denies or pins. */
export const lists = documentScreen('lists', {
  title: 'Lists',
  empty: 'Your organisation has no list of extensions: n begins one.',
})

/** How much an organisation lets its extensions do. */
export const limits = documentScreen('limits', {
  title: 'Limits',
  empty: 'Your organisation sets no limits: n begins a set.',
})

/** Roles of an organisation's own. */
export const roles = documentScreen(
  'roles',
  { title: 'Roles', empty: 'Your organisation has no roles of its own: n begins one.' },
  HOLDERS,
)
