import type { AnswerOf, GatehouseClient } from '#sdk/client/client.js'
import { tenantActivation, tenantRollback } from '../dangers.js'
import type { RowAction, Screen, Shortcut } from '../screen.js'

type Change = AnswerOf<'restrictions.history'>['activations'][number]
type Draft = AnswerOf<'restrictions.draft'>

/** What is in the making, or one change of what is in force. */
type RestrictionRow =
  | { readonly kind: 'draft'; readonly draft: Draft }
  | { readonly kind: 'change'; readonly change: Change; readonly inForce: boolean; readonly follows: boolean }

type Line = readonly [label: string, value: string]

const ready = ({ checked, checks }: Draft): boolean => checked && checks?.ok === true

const activate: RowAction<RestrictionRow> = {
  key: 'a',
  title: 'activate',
  refused: (row) =>
    row.kind !== 'draft' ? 'it is no draft' : ready(row.draft) ? null : 'it has not passed its checks',
  ask: (row) => tenantActivation(draftOf(row).version),
  act: async (client, row, reason) => {
    const { version } = draftOf(row)
    const reply = await client.call('restrictions.activate', { body: { version, reason } })
    return reply.kind === 'held'
      ? `held: a second person of your organisation must agree (approval ${reply.approval.id})`
      : `in force by change ${reply.answer.seq}`
  },
}

const rollBack: RowAction<RestrictionRow> = {
  key: 'b',
  title: 'roll back to',
  refused: (row) => (row.kind !== 'change' ? 'it is no change' : row.inForce ? 'it is in force' : null),
  ask: (row) => tenantRollback(changeOf(row).seq),
  act: async (client, row, reason) => {
    const { seq } = await client.get('restrictions.rollback', { body: { to: changeOf(row).seq, reason } })
    return `back in force by change ${seq}`
  },
}

const draftOf = (row: RestrictionRow): Draft => {
  if (row.kind !== 'draft') throw new Error('it is no draft')
  return row.draft
}

const changeOf = (row: RestrictionRow): Change => {
  if (row.kind !== 'change') throw new Error('it is no change')
  return row.change
}

const anywhere = (): null => null
const onDraft: Shortcut<RestrictionRow>['refused'] = (row) => (row?.kind === 'draft' ? null : 'it is no draft')
const onChange: Shortcut<RestrictionRow>['refused'] = (row) => (row?.kind === 'change' ? null : 'it is no change')

const SHORTCUTS: readonly Shortcut<RestrictionRow>[] = [
  { key: 'p', title: 'push a folder', refused: anywhere, line: 'push ' },
  { key: 'P', title: 'pull into a folder', refused: onDraft, line: 'pull ' },
  { key: 'D', title: 'read the draft', refused: onDraft, line: 'draft' },
  { key: 'c', title: 'check', refused: onDraft, line: 'verify' },
  { key: 'o', title: 'read the change', refused: onChange, line: 'change .' },
  { key: 'S', title: 'status', refused: anywhere, line: 'show' },
  { key: 'H', title: 'history', refused: anywhere, line: 'history' },
  { key: 'Z', title: 'put nothing in force', refused: anywhere, line: 'rollback --to 0 --reason ' },
]

const load = async (client: GatehouseClient): Promise<RestrictionRow[]> => {
  const [status, { activations }] = await Promise.all([
    client.get('restrictions.show', {}),
    client.get('restrictions.history', {}),
  ])
  const drafts = status.draft ? [await client.get('restrictions.draft', {})] : []
  // Where nothing is in force, the newest change is the one that took everything out of force.
  const [newest] = activations
  return [
    ...drafts.map((draft) => ({ kind: 'draft' as const, draft })),
    ...activations.map((change) => ({
      ...{ kind: 'change' as const, change, follows: status.follows },
      inForce: change.seq === newest?.seq,
    })),
  ]
}

const state = (row: RestrictionRow): string => {
  if (row.kind === 'draft') return !row.draft.checked ? '… unchecked' : ready(row.draft) ? '✓ passed' : '✗ refused'
  return row.inForce ? (row.follows ? '● in force' : '! behind') : 'was active'
}

const about = (row: RestrictionRow): string => {
  if (row.kind === 'change') return row.change.reason
  const { what_if } = row.draft
  if (!what_if) return 'not held against past decisions'
  return `of ${what_if.decisions} past decisions: ${what_if.denied} denied, ${what_if.held} held`
}

const describe = (row: RestrictionRow): readonly Line[] => {
  if (row.kind === 'change')
    return [
      ['change', String(row.change.seq)],
      ['in force', row.inForce ? 'yes' : 'no'],
      ['what', row.change.kind],
      ['module', row.change.module ?? "nothing: the platform's policy alone"],
      ['by', row.change.by],
      ['reason', row.change.reason],
      ['at', row.change.at],
      ['decision', row.change.decision_id],
    ]
  const { draft } = row
  return [
    ['draft', `version ${draft.version}`],
    ['changed', `${draft.updated_at} by ${draft.updated_by}`],
    ['checks', draft.checks ? (draft.checked ? 'of this' : 'of an earlier version: check again') : 'never run'],
    ...(draft.checks?.stages ?? []).flatMap(({ name, state: ended, detail, findings }): Line[] => [
      [ended.replace('_', ' '), `${name}${detail ? `: ${detail}` : ''}`],
      ...findings.map(({ file, line, message }): Line => [
        '',
        `${file ?? ''}${line === null ? '' : `:${line}`} ${message}`,
      ]),
    ]),
    ['what-if', about(row)],
    ...(draft.what_if?.effects ?? []).map(({ reason, effect, decisions, example }): Line => [
      effect,
      `${reason}: ${decisions}, such as ${example}`,
    ]),
  ]
}

/** What the speaker's organisation adds to the platform's policy: the draft, and what came in force when. */
export const restrictions: Screen<RestrictionRow> = {
  id: 'restrictions',
  title: 'Tenant policy',
  empty: "Your organisation adds nothing to the platform's policy: p pushes a folder with tenant.rego.",
  load,
  rowKey: (row) => (row.kind === 'draft' ? 'draft' : String(row.change.seq)),
  columns: [
    { heading: 'WHAT', cell: ({ kind }) => kind, width: 6 },
    { heading: 'STATE', cell: state, width: 11 },
    {
      heading: 'NAME',
      cell: (row) => (row.kind === 'draft' ? `version ${row.draft.version}` : `change ${row.change.seq}`),
      width: 12,
    },
    { heading: 'DETAIL', cell: about, width: 20, grow: true },
    {
      heading: 'AT',
      cell: (row) => (row.kind === 'draft' ? row.draft.updated_at : row.change.at).slice(0, 16).replace('T', ' '),
      width: 16,
      from: 80,
    },
  ],
  describe,
  actions: [activate, rollBack],
  commands: { family: 'policy tenant', shortcuts: SHORTCUTS },
}
