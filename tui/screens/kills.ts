import type { AnswerOf } from '#sdk/client/client.js'
import type { Screen } from '../screen.js'

type KillOrder = AnswerOf<'kills.list'>['items'][number]

/** Kill switches, those engaged first. Extensions are killed on their own screen, where one is selected. */
export const kills: Screen<KillOrder> = {
  id: 'kills',
  title: 'Kill switches',
  empty: 'No kill switch was ever engaged.',
  load: async (client) => {
    const { items } = await client.get('kills.list', { query: { limit: 100 } })
    return items.toSorted((a, b) => Number(a.released_at !== null) - Number(b.released_at !== null))
  },
  rowKey: ({ id }) => id,
  columns: [
    {
      heading: 'STATE',
      cell: ({ released_at, local }) => (released_at ? 'released' : local ? '■ LOCAL' : '■ engaged'),
      width: 9,
    },
    { heading: 'SCOPE', cell: ({ scope }) => scope, width: 9 },
    { heading: 'TARGET', cell: ({ target }) => target, width: 20, grow: true },
    { heading: 'SINCE', cell: ({ engaged_at }) => engaged_at.slice(0, 19).replace('T', ' '), width: 19 },
    { heading: 'REASON', cell: ({ reason }) => reason, width: 30, from: 110 },
  ],
  describe: (order) => [
    ['order', order.id],
    ['scope', order.scope],
    ['target', order.target],
    ['reason', order.reason],
    ['engaged', `${order.engaged_at} by ${order.engaged_by}`],
    ['released', order.released_at ?? 'no'],
    ['decision', order.decision_id ?? 'none: local'],
  ],
  actions: [
    {
      key: 'r',
      title: 'release',
      refused: ({ released_at, local }) =>
        released_at ? 'it is released' : local ? 'it is not in the database yet' : null,
      ask: ({ scope, target }) => ({
        title: `Release ${scope} ${target}`,
        blastRadius: ['what was stopped runs again once a second person agrees'],
        name: target,
      }),
      act: async (client, { id }, reason) => {
        const reply = await client.call('kills.release', { params: { id }, body: { reason } })
        return reply.kind === 'held' ? `held: a second person must agree (approval ${reply.approval.id})` : 'released'
      },
    },
  ],
}
