import type { AnswerOf, GatehouseClient } from '#sdk/client/client.js'
import { brakeRejection, brakeRelease, brakeUndo } from '../dangers.js'
import type { RowAction, Screen, Shortcut } from '../screen.js'

type Listed = AnswerOf<'scim.listBrakes'>['items'][number]
type Shown = AnswerOf<'scim.showBrake'>
/** A brake; one that waits for people comes with what it holds off, and what they vote on. */
type BrakeRow = Listed & {
  readonly shown: (Pick<Shown, 'changes' | 'before'> & { readonly subject_digest: string }) | null
}

/** The digest is taken before the list is: a list that grew since refuses the vote. */
const inFull = async (client: GatehouseClient, { id, approval_id }: Listed): Promise<BrakeRow> => {
  const { subject_digest } = await client.get('approvals.show', { params: { id: approval_id } })
  const { changes, before, ...brake } = await client.get('scim.showBrake', { params: { id } })
  return { ...brake, shown: { changes, before, subject_digest } }
}

/** Those that wait for people first; newest first among them and among the others. */
const load = async (client: GatehouseClient): Promise<BrakeRow[]> => {
  const { items } = await client.get('scim.listBrakes', { query: { limit: 100 } })
  const waiting = items.filter(({ state }) => state === 'held')
  const others = items.filter(({ state }) => state !== 'held').map((brake) => ({ ...brake, shown: null }))
  return [...(await Promise.all(waiting.map((brake) => inFull(client, brake)))), ...others]
}

const MARKS: Record<Listed['state'], string> = {
  held: '● waits',
  released: '✓ released',
  rejected: '✗ rejected',
  over: '◌ over',
}
const LOSES: Record<Shown['changes'][number]['what'], string> = {
  deactivated: 'access',
  deleted: 'access, and is deleted',
  left_group: 'a privileged group',
  lost_roles: 'the roles of a group',
}
const loses = ({ what, group }: Pick<Shown['changes'][number], 'what' | 'group'>): string =>
  `${LOSES[what]}${group === null ? '' : `: ${group}`}`

const minute = (moment: string): string => moment.slice(0, 16).replace('T', ' ')
const named = ({ shown }: BrakeRow): string[] => shown?.changes.map((each) => `${each.name} loses ${loses(each)}`) ?? []

const vote = async (
  client: GatehouseClient,
  brake: BrakeRow,
  given: { verdict: 'approve' | 'deny'; reason: string },
) => {
  const { verdict, reason: comment } = given
  const body = { verdict, comment, subject_digest: brake.shown!.subject_digest }
  const { state } = await client.get('approvals.vote', { params: { id: brake.approval_id }, body })
  return `voted on ${brake.count} changes; the approval is ${state}`
}

const release: RowAction<BrakeRow> = {
  key: 'a',
  title: 'release',
  refused: ({ state }) => (state === 'released' ? 'it is released' : null),
  ask: (brake) => brakeRelease(brake, named(brake)),
  act: async (client, brake, reason) => {
    if (brake.shown) return vote(client, brake, { verdict: 'approve', reason })
    const { id, digest } = brake
    const reply = await client.call('scim.releaseBrake', { params: { id }, body: { digest } })
    return reply.kind === 'held'
      ? `it waits for somebody else: approval ${reply.approval.id}`
      : `released ${reply.answer.count} changes until ${reply.answer.until}`
  },
}

const reject: RowAction<BrakeRow> = {
  key: 'x',
  title: 'reject',
  refused: ({ state }) => (state === 'held' ? null : `it is ${state}`),
  ask: (brake) => brakeRejection(brake, named(brake)),
  act: (client, brake, reason) => vote(client, brake, { verdict: 'deny', reason }),
}

const undo: RowAction<BrakeRow> = {
  key: 'u',
  title: 'undo',
  refused: ({ passed }) => (passed > 0 ? null : 'there is nobody to bring back'),
  ask: (brake) =>
    brakeUndo(
      brake,
      (brake.shown?.before ?? []).filter(({ undone_at }) => undone_at === null).map(({ name }) => name),
    ),
  act: async (client, { id }) => {
    const { restored, failed, left } = await client.get('scim.undoBrake', { params: { id } })
    const more = left > 0 ? `; ${left} are left: u again` : ''
    return `brought back ${restored.length} people${failed.length > 0 ? `, not ${failed.length}` : ''}${more}`
  },
}

const onRow: Shortcut<BrakeRow>['refused'] = (row) => (row ? null : 'nothing is selected')
const SHORTCUTS: readonly Shortcut<BrakeRow>[] = [
  { key: 'o', title: 'in full', refused: onRow, line: 'list .' },
  { key: 'w', title: 'whom undo brings back', refused: onRow, line: 'undo .' },
  { key: 'p', title: 'dry run', refused: () => null, line: 'scim preview ' },
]

/** What is held off because it would let many people go at once. */
export const brakes: Screen<BrakeRow> = {
  id: 'brakes',
  title: 'Brakes',
  empty: 'No connection has let many people go at once: nothing is held off.',
  load,
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'STATE', cell: ({ state }) => MARKS[state], width: 10 },
    { heading: 'BY', cell: ({ connection }) => connection, width: 12, grow: true },
    { heading: 'HOLDS OFF', cell: ({ count }) => String(count), width: 9 },
    { heading: 'PASSED', cell: ({ passed }) => String(passed), width: 6 },
    { heading: 'OF PEOPLE', cell: ({ let_go, people }) => `${let_go}/${people}`, width: 9, from: 80 },
    { heading: 'TRIPPED', cell: ({ tripped_at }) => minute(tripped_at), width: 16, from: 80 },
    { heading: 'BECAUSE', cell: ({ because }) => because.join(', '), width: 20, from: 100 },
  ],
  describe: (brake) => [
    ['brake', brake.id],
    ['by', brake.connection],
    ['state', `${MARKS[brake.state]}${brake.until === null ? '' : ` until ${brake.until}`}`],
    ['because', brake.because.join(', ')],
    [
      'would have gone',
      `${brake.let_go} of ${brake.people} people within ${brake.window_minutes} minutes; ${brake.percent} % pass`,
    ],
    ['lists', `${brake.count} changes, ${brake.digest}`],
    ['approval', `${brake.approval_id} is ${brake.approval_state}`],
    ...(brake.shown?.changes ?? []).map(
      (each) => ['held off', `${each.name} loses ${loses(each)} (${each.method} ${each.path})`] as const,
    ),
    ...(brake.shown?.before ?? []).map(
      (each) =>
        [
          'passed before',
          `${each.name} lost ${loses(each)}${each.undone_at === null ? '' : `, brought back ${each.undone_at}`}`,
        ] as const,
    ),
    ...(brake.shown ? [] : [['whom', 'o lists them'] as const]),
  ],
  actions: [release, reject, undo],
  commands: { family: 'scim brake', shortcuts: SHORTCUTS },
}
