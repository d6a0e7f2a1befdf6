import { activation, rollback, shortName } from '../dangers.js'
import type { RowAction, Shortcut } from '../screen.js'
import type { PolicyRow } from './policy-row.js'

const NO_REVISION = 'it is no revision'
const NO_DRAFT = 'it is no draft'

/** Puts a sealed revision in force, once a second person agrees. */
export const activate: RowAction<PolicyRow> = {
  key: 'a',
  title: 'activate',
  refused: (row) =>
    row.kind !== 'revision'
      ? NO_REVISION
      : row.inForce
        ? 'it is in force'
        : row.sealed === null
          ? 'it was not sealed here: roll back to it'
          : null,
  ask: (row) => activation(revisionOf(row)),
  act: async (client, row, reason) => {
    const reply = await client.call('policy.activate', { params: { revision: revisionOf(row) }, body: { reason } })
    return reply.kind === 'held'
      ? `held: a second person must agree (approval ${reply.approval.id})`
      : `in force: ${named(row)}`
  },
}

/** Goes back to a revision that has decided before. */
export const rollBack: RowAction<PolicyRow> = {
  key: 'b',
  title: 'roll back to',
  refused: (row) =>
    row.kind !== 'revision'
      ? NO_REVISION
      : row.inForce
        ? 'it is in force'
        : row.wasActive
          ? null
          : `it ${row.byGlassOnly ? 'decided by break-glass only' : 'never decided'}: activate it`,
  ask: (row) => rollback(revisionOf(row)),
  act: async (client, row, reason) => {
    await client.get('policy.rollback', { body: { revision: revisionOf(row), reason } })
    return `back in force: ${named(row)}`
  },
}

const revisionOf = (row: PolicyRow): string => {
  if (row.kind !== 'revision') throw new Error(NO_REVISION)
  return row.revision
}

const named = (row: PolicyRow): string => shortName(revisionOf(row))

type Refused = Shortcut<PolicyRow>['refused']

const anywhere: Refused = () => null
const onDraft: Refused = (row) => (row?.kind === 'draft' ? null : NO_DRAFT)
const onCandidate: Refused = (row) =>
  row === undefined || row.kind === 'instance' ? 'it is no draft or revision' : null
const onActivatable: Refused = (row) => (row === undefined ? NO_REVISION : activate.refused(row))
const onSealable: Refused = (row) =>
  row?.kind !== 'draft' ? NO_DRAFT : row.draft.checked && row.draft.checks?.ok ? null : 'it has not passed its checks'

/** The usual commands of this screen, first those that the footer has room for; every other one is typed. */
export const SHORTCUTS: readonly Shortcut<PolicyRow>[] = [
  { key: 'c', title: 'check', refused: onDraft, line: 'verify .' },
  { key: 's', title: 'seal', refused: onSealable, line: 'seal .' },
  { key: 'D', title: 'diff', refused: onCandidate, line: 'diff .' },
  { key: 'R', title: 'rebase', refused: onDraft, line: 'rebase .' },
  {
    ...{ key: 'B', title: 'break glass', refused: onActivatable },
    line: 'activate . --break-glass ',
  },
  { key: 'n', title: 'new draft', refused: anywhere, line: 'new ' },
  { key: 'e', title: 'edit a file', refused: onDraft, line: 'edit . ' },
  { key: 'p', title: 'push a folder', refused: onDraft, line: 'push --draft . ' },
  { key: 'x', title: 'remove a file', refused: onDraft, line: 'remove . ' },
  { key: 'X', title: 'discard', refused: onDraft, line: 'discard .' },
  { key: 'w', title: 'what-if', refused: onCandidate, line: 'what-if . ' },
  { key: 'S', title: 'shadow', refused: onCandidate, line: 'shadow . ' },
  { key: 'C', title: 'canary', refused: onActivatable, line: 'canary start . --reason ' },
  { key: 'L', title: 'canaries', refused: anywhere, line: 'canary list' },
  { key: 'W', title: 'what-ifs', refused: anywhere, line: 'what-ifs' },
  { key: 'H', title: 'history', refused: anywhere, line: 'history' },
  { key: 'A', title: 'OPA agents', refused: anywhere, line: 'agents' },
]
