import type { RowAction } from '../screen.js'
import { shortName, type PolicyRow } from './policy-row.js'

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
  ask: (row) => ({
    title: `Activate ${named(row)}`,
    blastRadius: ['every decision of every organisation is made by it, once a second person agrees'],
    name: named(row),
  }),
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
          : 'it never decided: activate it',
  ask: (row) => ({
    title: `Roll back to ${named(row)}`,
    blastRadius: ['every decision of every organisation is made by it at once; nobody else is asked'],
    name: named(row),
  }),
  act: async (client, row, reason) => {
    await client.get('policy.rollback', { body: { revision: revisionOf(row), reason } })
    return `back in force: ${named(row)}`
  },
}

/** Runs the service's checks on a draft. */
export const check: RowAction<PolicyRow> = {
  key: 'c',
  title: 'check',
  refused: (row) => (row.kind === 'draft' ? null : NO_DRAFT),
  ask: (row) => ({
    title: `Check ${draftOf(row).name}`,
    blastRadius: ['nothing decides by a draft; what the checks say is kept with it'],
    name: null,
  }),
  act: async (client, row) => {
    const { id, version } = draftOf(row)
    const { checks } = await client.get('drafts.check', { params: { id }, body: { version } })
    const failed = checks?.stages.find(({ state }) => state === 'failed')
    return failed ? `refused by ${failed.name}: press enter to see where` : 'it passed every check that could run'
  },
}

/** Seals a draft that passed. */
export const seal: RowAction<PolicyRow> = {
  key: 's',
  title: 'seal',
  refused: (row) =>
    row.kind !== 'draft' ? NO_DRAFT : row.draft.checked && row.draft.checks?.ok ? null : 'it has not passed its checks',
  ask: (row) => ({
    title: `Seal ${draftOf(row).name}`,
    blastRadius: ['it becomes a revision that never changes; nothing decides by it yet'],
    name: null,
  }),
  act: async (client, row) => {
    const { id, version } = draftOf(row)
    const { revision } = await client.get('drafts.seal', { params: { id }, body: { version } })
    return `sealed as ${shortName(revision)}`
  },
}

const revisionOf = (row: PolicyRow): string => {
  if (row.kind !== 'revision') throw new Error(NO_REVISION)
  return row.revision
}

const named = (row: PolicyRow): string => shortName(revisionOf(row))

const draftOf = (row: PolicyRow) => {
  if (row.kind !== 'draft') throw new Error(NO_DRAFT)
  return row.draft
}
