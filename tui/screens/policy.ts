import type { AnswerOf, GatehouseClient } from '#sdk/client/client.js'
import { shortName } from '../dangers.js'
import type { Screen } from '../screen.js'
import { activate, rollBack, SHORTCUTS } from './policy-actions.js'
import type { Canary, Draft, Instance, PolicyRow } from './policy-row.js'

type Status = AnswerOf<'policy.status'>

const revisionRows = async (client: GatehouseClient, status: Status): Promise<PolicyRow[]> => {
  const { in_force: inForce, break_glass, canary } = status
  const [{ revisions }, { activations }] = await Promise.all([
    client.get('policy.revisions', {}),
    client.get('policy.history', {}),
  ])
  const sealed = new Map(revisions.map((revision) => [revision.revision, revision]))
  const ordinary = new Set(activations.filter(({ kind }) => kind !== 'break_glass').map(({ revision }) => revision))
  const byGlass = new Set(activations.filter(({ kind }) => kind === 'break_glass').map(({ revision }) => revision))
  const decided = (revision: string): boolean => ordinary.has(revision) || !sealed.has(revision)
  // What ships decides, or has decided before the first activation, though nobody sealed it: it is the base of what was.
  const unsealed = [inForce, ...revisions.map(({ base_revision }) => base_revision)].filter(
    (revision): revision is string => revision !== null && !sealed.has(revision),
  )
  return [...new Set([...(inForce ? [inForce] : []), ...sealed.keys(), ...unsealed])].map((revision) => ({
    ...{ kind: 'revision', revision, inForce: revision === inForce, sealed: sealed.get(revision) ?? null },
    breakGlass: revision === inForce ? break_glass : null,
    canary: revision === canary?.revision ? canary : null,
    wasActive: decided(revision),
    byGlassOnly: byGlass.has(revision) && !decided(revision),
  }))
}

/** Drafts that are open, each with its checks; a list has them without. */
const draftRows = async (client: GatehouseClient): Promise<PolicyRow[]> => {
  const { items } = await client.get('drafts.list', { query: { limit: 20 } })
  const open = items.filter(({ state }) => state === 'open')
  const drafts = await Promise.all(open.map(({ id }) => client.get('drafts.show', { params: { id } })))
  return drafts.map((draft) => ({ kind: 'draft', draft }))
}

const instanceState = ({ follows, fault, revision }: Instance): string =>
  follows ? '✓ in step' : revision === null ? '✗ refuses' : fault ? '✗ held back' : '… behind'

const draftState = ({ checked, checks }: Draft): string =>
  !checked ? '… unchecked' : checks?.ok ? '✓ passed' : '✗ refused'

const state = (row: PolicyRow): string => {
  if (row.kind === 'instance') return instanceState(row.instance)
  if (row.kind === 'draft') return draftState(row.draft)
  if (row.breakGlass) return '■ emergency'
  if (row.canary) return '◔ canary'
  if (row.inForce) return '● in force'
  return row.wasActive ? 'was active' : row.byGlassOnly ? 'glass only' : 'sealed'
}

const about = (row: PolicyRow): string => {
  if (row.kind === 'instance')
    return row.instance.fault ?? `decides by ${shortName(row.instance.revision ?? 'nothing')}`
  if (row.kind === 'draft') return row.draft.base_in_force ? 'on what is in force' : 'its base is no longer in force'
  if (row.breakGlass) return `by break-glass until ${row.breakGlass.expires_at.slice(11, 16)}`
  if (row.canary) return `decides ${row.canary.percent} %, ${row.canary.pairs.pairs} pairs`
  if (row.byGlassOnly) return 'decided by break-glass only'
  return row.sealed ? `sealed by ${row.sealed.sealed_by}` : 'not sealed here'
}

const name = (row: PolicyRow): string =>
  row.kind === 'instance' ? row.instance.node : row.kind === 'draft' ? row.draft.name : shortName(row.revision)

const since = (row: PolicyRow): string => {
  const at =
    row.kind === 'instance' ? row.instance.since : row.kind === 'draft' ? row.draft.updated_at : row.sealed?.sealed_at
  return at?.slice(0, 16).replace('T', ' ') ?? '-'
}

type Line = readonly [label: string, value: string]

const draftLines = (draft: Draft): Line[] => [
  ['draft', draft.id],
  ['name', draft.name],
  ['base', `${draft.base_revision}${draft.base_in_force ? '' : ', no longer in force: rebase it'}`],
  ['commit', draft.source_commit ?? 'none recorded'],
  ['checks', draft.checks ? (draft.checked ? 'of these files' : 'of earlier files: check again') : 'never run'],
  ...(draft.checks?.stages ?? []).flatMap(({ name: stage, state: ended, detail, findings }): Line[] => [
    [ended.replace('_', ' '), `${stage}${detail ? `: ${detail}` : ''}`],
    ...findings.map(({ file, line, message }): Line => [
      '',
      `${file ?? ''}${line === null ? '' : `:${line}`} ${message}`,
    ]),
  ]),
]

const canaryLines = ({ id, percent, pairs, step_at }: Canary): Line[] => [
  ['canary', `${id}: decides ${percent} %, since ${step_at}`],
  [
    'pairs',
    `${pairs.pairs} in this step${pairs.unseen.length > 0 ? `, none yet with ${pairs.unseen.join(', ')}` : ''}`,
  ],
  ...pairs.flips.map(({ rule, found, bound }): Line => ['flips', `${found} by ${rule}, at most ${bound.toFixed(1)}`]),
]

const describe = (row: PolicyRow): readonly Line[] => {
  if (row.kind === 'draft') return draftLines(row.draft)
  if (row.kind === 'instance')
    return [
      ['instance', row.instance.node],
      ['decides by', row.instance.revision ?? 'nothing: it refuses everything'],
      ['in step', row.instance.follows ? 'yes' : 'no'],
      ['fault', row.instance.fault ?? 'none'],
      ['since', row.instance.since],
      ['seen', row.instance.seen_at],
    ]
  return [
    ['sealed revision', row.revision],
    ['in force', row.inForce ? 'yes' : 'no'],
    ...(row.breakGlass
      ? ([
          ['break-glass', `until ${row.breakGlass.expires_at}; then what it replaced decides again`],
          ['asked by', `${row.breakGlass.by}: ${row.breakGlass.reason}`],
        ] satisfies Line[])
      : []),
    ...(row.canary ? canaryLines(row.canary) : []),
    ['decided before', decidedBefore(row)],
    ...(row.sealed
      ? ([
          ['sealed', `${row.sealed.sealed_at} by ${row.sealed.sealed_by}`],
          ['base', row.sealed.base_revision],
          ['commit', row.sealed.source_commit ?? 'none recorded'],
        ] satisfies Line[])
      : []),
  ]
}

const decidedBefore = (row: PolicyRow & { kind: 'revision' }): string => {
  if (row.wasActive) return 'yes: one person can take it back in force'
  return `${row.byGlassOnly ? 'by break-glass only' : 'no'}: two people put it in force`
}

/** What tells a row apart, and what `.` stands for in a command. */
const key = (row: PolicyRow): string =>
  row.kind === 'draft' ? row.draft.id : row.kind === 'revision' ? row.revision : row.instance.node

/** What decides and where, what is sealed, and what is in the making. */
export const policy: Screen<PolicyRow> = {
  id: 'policy',
  title: 'Policy',
  empty: 'No policy is in force: everything is refused.',
  load: async (client) => {
    const status = await client.get('policy.status', {})
    const [revisions, drafts] = await Promise.all([revisionRows(client, status), draftRows(client)])
    return [...revisions, ...drafts, ...status.instances.map((instance) => ({ kind: 'instance' as const, instance }))]
  },
  rowKey: key,
  columns: [
    { heading: 'WHAT', cell: ({ kind }) => kind, width: 8 },
    { heading: 'STATE', cell: state, width: 11 },
    { heading: 'NAME', cell: name, width: 20, grow: true },
    { heading: 'SINCE', cell: since, width: 16, from: 80 },
    { heading: 'DETAIL', cell: about, width: 32, from: 100 },
  ],
  describe,
  actions: [activate, rollBack],
  commands: { family: 'policy', shortcuts: SHORTCUTS },
}
