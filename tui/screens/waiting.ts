import { subjectInWords } from '#cli/approval-words.js'
import type { GatehouseClient, AnswerOf } from '#sdk/client/client.js'
import { asTyped } from '../command-line.rules.js'
import { KNOWN } from '../commands.js'
import { shortNames } from '../dangers.js'
import type { RowAction, Screen } from '../screen.js'

type Approval = AnswerOf<'approvals.list'>['items'][number]

/** What is voted on, line by line; of a policy shortened, since the digest that the vote is bound to names it whole. */
const subjectLines = (approval: Approval): string[] => {
  const words = subjectInWords(approval)
  return (approval.action === 'policy.activate' ? shortNames(words) : words)
    .split('\n')
    .map((text) => asTyped(text, KNOWN))
}

const MOST_LINES = 8
const firstLines = (lines: readonly string[]): string[] =>
  lines.length <= MOST_LINES
    ? [...lines]
    : [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} lines more: enter shows them`]

const vote = (key: string, verdict: 'approve' | 'deny'): RowAction<Approval> => ({
  key,
  title: verdict,
  refused: ({ waits_for_me, state }) =>
    state !== 'open' ? `it is ${state}` : waits_for_me ? null : 'it waits for others',
  ask: (approval) => ({
    title: `${verdict === 'approve' ? 'Approve' : 'Deny'}: ${approval.title}`,
    blastRadius: [
      ...firstLines(subjectLines(approval)),
      `a ${approval.kind}, bound to ${shortNames(approval.subject_digest)}`,
      'your vote and your reason go on record',
    ],
    name: null,
  }),
  act: async (client: GatehouseClient, { id, subject_digest }, reason) => {
    const body = { verdict, subject_digest, comment: reason }
    const { state } = await client.get('approvals.vote', { params: { id }, body })
    return `voted ${verdict}; the approval is ${state}`
  },
})

/** What waits for people, those that wait for you first. */
export const waiting: Screen<Approval> = {
  id: 'waiting',
  title: 'Waiting for you',
  empty: 'Nothing waits for a person.',
  load: async (client) => {
    const { items } = await client.get('approvals.list', { query: { limit: 100 } })
    return items.toSorted((a, b) => Number(b.waits_for_me) - Number(a.waits_for_me))
  },
  rowKey: ({ id }) => id,
  columns: [
    { heading: '', cell: ({ waits_for_me }) => (waits_for_me ? '●' : ' '), width: 1 },
    { heading: 'KIND', cell: ({ kind }) => kind, width: 12 },
    { heading: 'STATE', cell: ({ state }) => state, width: 9 },
    { heading: 'WHAT', cell: ({ title }) => title, width: 24, grow: true },
    { heading: 'VOTES', cell: ({ votes, quorum }) => `${votes.length}/${quorum}`, width: 5 },
    { heading: 'UNTIL', cell: ({ expires_at }) => expires_at.slice(0, 16).replace('T', ' '), width: 16, from: 80 },
  ],
  describe: (approval) => [
    ['approval', approval.id],
    ['what', approval.title],
    ['state', `${approval.state}, ${approval.votes.length} of ${approval.quorum} votes`],
    ...(approval.voided_because ? [['voided', approval.voided_because] as const] : []),
    ['asked by', approval.opened_by],
    ['who may vote', approval.scope],
    ['until', approval.expires_at],
    ['digest', approval.subject_digest],
    ...approval.votes.map(({ voter, verdict, comment }) => ['vote', `${voter} ${verdict} ${comment}`] as const),
    ['voted on', subjectLines(approval)],
  ],
  actions: [vote('a', 'approve'), vote('x', 'deny')],
}
