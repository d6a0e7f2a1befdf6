import type { AnswerOf } from '#sdk/client/client.js'
import type { Screen, Shortcut } from '../screen.js'

type Decision = AnswerOf<'decisions.list'>['items'][number]

const MARKS: Record<Decision['outcome'], string> = {
  allow: '✓ allow',
  hold: '… hold',
  deny: '✗ deny',
  unavailable: '! unavailable',
}

const anywhere: Shortcut<Decision>['refused'] = () => null
const onRow: Shortcut<Decision>['refused'] = (row) => (row ? null : 'nothing is selected')

/** The usual commands of this screen. `/` looks through what is shown; searching asks the service for any fact and any time. */
const SHORTCUTS: readonly Shortcut<Decision>[] = [
  { key: 's', title: 'search', refused: anywhere, line: 'decisions list ' },
  { key: 'y', title: 'why', refused: onRow, line: 'why .' },
  { key: 'T', title: 'trace', refused: onRow, line: 'policy trace .' },
  { key: 't', title: 'try', refused: onRow, line: 'policy try --decision . --set ' },
  { key: 'p', title: 'replay', refused: onRow, line: 'replay .' },
]

/** Decisions as they are made, newest first. */
export const decisions: Screen<Decision> = {
  id: 'decisions',
  title: 'Decisions',
  empty: 'Nothing was decided yet.',
  load: async (client) => (await client.get('decisions.list', { query: { limit: 200 } })).items,
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'AT', cell: ({ at }) => at.slice(11, 19), width: 8 },
    { heading: 'OUTCOME', cell: ({ outcome }) => MARKS[outcome], width: 13 },
    { heading: 'ACTION', cell: ({ action }) => action, width: 20 },
    {
      heading: 'SUBJECT',
      cell: ({ extension, resource }) => extension ?? (resource ? `${resource.kind} ${resource.id}` : '-'),
      width: 20,
      grow: true,
    },
    { heading: 'REASONS', cell: ({ reasons }) => reasons.join(' '), width: 28, from: 100 },
    { heading: 'DECISION', cell: ({ id }) => id, width: 36, from: 150 },
  ],
  describe: (decision) => [
    ['decision', decision.id],
    ['at', decision.at],
    ['outcome', MARKS[decision.outcome]],
    ['action', decision.action],
    ['decided by', decision.cause ? `${decision.decided_by} (${decision.cause})` : decision.decided_by],
    ['tenant', decision.tenant],
    ['actor', decision.actor ?? '-'],
    ['extension', decision.extension ?? '-'],
    ['execution', decision.execution_id ?? '-'],
    ['reasons', decision.reasons.join(' ') || '-'],
    ['rules', decision.rules.join(' ') || '-'],
    ['bundle revision', decision.revision ?? '-'],
    ['why', `gatehouse why ${decision.id}`],
    ['rules and facts', `gatehouse policy trace ${decision.id}`],
    ['what if', `gatehouse policy try --decision ${decision.id} --set /path=value`],
  ],
  actions: [],
  commands: { family: 'decisions', shortcuts: SHORTCUTS },
}
