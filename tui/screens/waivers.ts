import type { AnswerOf } from '#sdk/client/client.js'
import { waiverEnd } from '../dangers.js'
import type { RowAction, Screen, Shortcut } from '../screen.js'

type Waiver = AnswerOf<'waivers.list'>['items'][number]

const MARKS: Record<Waiver['state'], string> = { in_force: '● in force', expired: 'expired', revoked: '✗ revoked' }

const end: RowAction<Waiver> = {
  key: 'x',
  title: 'end now',
  refused: ({ state }) => (state === 'in_force' ? null : `it is ${state}`),
  ask: ({ reason }) => waiverEnd(reason),
  act: async (client, { id }, why) => {
    const { reason, subject } = await client.get('waivers.revoke', { params: { id }, body: { why } })
    return `ended: ${reason} counts again for the ${subject.kind} ${subject.id}`
  },
}

const SHORTCUTS: readonly Shortcut<Waiver>[] = [
  { key: 'n', title: 'ask for one', refused: () => null, line: 'request ' },
  {
    ...{ key: 'o', title: 'where it acted', line: 'show .' },
    refused: (row) => (row === undefined ? 'nothing is selected' : null),
  },
]

/** Exceptions from policy that two people agreed to, those in force first. */
export const waivers: Screen<Waiver> = {
  id: 'waivers',
  title: 'Waivers',
  empty: 'No rule was ever waived.',
  load: async (client) => {
    const { items } = await client.get('waivers.list', { query: { limit: 100 } })
    return items.toSorted((a, b) => Number(b.state === 'in_force') - Number(a.state === 'in_force'))
  },
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'STATE', cell: ({ state }) => MARKS[state], width: 10 },
    { heading: 'REASON', cell: ({ reason }) => reason, width: 24 },
    { heading: 'FOR', cell: ({ subject }) => `${subject.kind} ${subject.id}`, width: 16, grow: true },
    { heading: 'UNTIL', cell: ({ until }) => until.slice(0, 16).replace('T', ' '), width: 16, from: 80 },
    { heading: 'WHY', cell: ({ why }) => why, width: 36, from: 120 },
  ],
  describe: (row) => [
    ['waiver', row.id],
    ['state', MARKS[row.state]],
    ['reason', `${row.reason} does not count`],
    ['for', `${row.subject.kind} ${row.subject.id}`],
    ['until', row.until],
    ['why', row.why],
    ['asked by', row.asked_by],
    ['granted', `${row.granted_at} by approval ${row.approval_id ?? '-'}`],
    ['decision', row.decision_id],
    ...(row.revoked_at ? [['revoked', `${row.revoked_at} by ${row.revoked_by}: ${row.revoked_because}`] as const] : []),
  ],
  actions: [end],
  commands: { family: 'policy waivers', shortcuts: SHORTCUTS },
}
