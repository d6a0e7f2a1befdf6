import { hintOf } from '#cli/scim/hints.rules.js'
import type { AnswerOf, GatehouseClient } from '#sdk/client/client.js'
import type { Screen, Shortcut } from '../screen.js'

type Entry = AnswerOf<'scim.listLog'>['items'][number]
/** A request, with the connection that it came by where it is still there. */
type SyncRow = Entry & { readonly by: AnswerOf<'scim.listConnections'>['items'][number] | undefined }

const MARKS: Record<Entry['outcome'], string> = { done: '✓ done', refused: '✗ refused', failed: '! failed' }

const load = async (client: GatehouseClient): Promise<SyncRow[]> => {
  const query = { limit: 200 }
  const [{ items }, connections] = await Promise.all([
    client.get('scim.listLog', { query }),
    client.get('scim.listConnections', { query }),
  ])
  return items.map((entry) => ({ ...entry, by: connections.items.find(({ id }) => id === entry.connection_id) }))
}

/** A preview changes nothing, and says so beside its outcome. */
const state = ({ outcome, would }: SyncRow): string => `${would ? '◌ would: ' : ''}${MARKS[outcome]}`

const cameTo = ({ detail, effects, effect_count }: SyncRow): string => {
  const [first] = effects
  if (first === undefined) return detail ?? 'nothing changed'
  const more = effect_count > 1 ? `, and ${effect_count - 1} more` : ''
  return `${first.kind} ${first.resource.display}${more}`
}

const onRow: Shortcut<SyncRow>['refused'] = (row) => (row ? null : 'nothing is selected')
const SHORTCUTS: readonly Shortcut<SyncRow>[] = [
  { key: 's', title: 'search', refused: () => null, line: 'log ' },
  { key: 'o', title: 'in full', refused: onRow, line: 'log .' },
  { key: 'D', title: 'doctor', refused: () => null, line: 'doctor' },
  { key: 'C', title: 'connections', refused: () => null, line: 'connections list' },
]

/** What identity providers asked for, newest first, with what it came to and what to do about it. */
export const sync: Screen<SyncRow> = {
  id: 'sync',
  title: 'Sync log',
  empty: 'No identity provider has asked for anything yet: D looks at connections and says what is missing.',
  load,
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'AT', cell: ({ at }) => at.slice(11, 19), width: 8 },
    { heading: 'OUTCOME', cell: state, width: 18 },
    { heading: 'ASKED', cell: ({ method, resource_type }) => `${method} ${resource_type ?? '-'}`, width: 12 },
    { heading: 'CAME TO', cell: cameTo, width: 12, grow: true },
    { heading: 'BY', cell: ({ by }) => by?.name ?? '-', width: 16, from: 100 },
  ],
  describe: (row) => [
    ['request', `${row.method} ${row.path}`],
    ['at', `${row.at}, ${row.duration_ms} ms`],
    ['outcome', `${state(row)} (${row.status}${row.scim_type === null ? '' : ` ${row.scim_type}`})`],
    ...(row.would ? [['preview', 'nothing was changed'] as const] : []),
    ...(row.detail === null ? [] : [['told', row.detail] as const]),
    ...hintLines(row),
    ...row.effects.map(
      ({ kind, resource, member, changed, by_group, detail }) =>
        [
          row.would ? 'would be' : 'changed',
          [
            ...[`${kind} ${resource.display}`, member, changed?.join(', ')],
            ...[by_group && `by ${by_group.display}:`, detail],
          ]
            .filter(Boolean)
            .join(' '),
        ] as const,
    ),
    ['by', row.by === undefined ? `${row.connection_id}, which is gone` : row.by.name],
    ['decision', row.decision_id ?? '-'],
    ['correlation', row.correlation_id],
  ],
  actions: [],
  commands: { family: 'scim', shortcuts: SHORTCUTS },
}

const hintLines = (row: SyncRow): (readonly [string, string])[] => {
  const hint = hintOf(row, row.by)
  return hint === null ? [] : [['hint', hint]]
}
