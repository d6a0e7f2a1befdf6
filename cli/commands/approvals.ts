import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { table } from '../output.js'
import { subjectInWords } from '../approval-words.js'

type Approval = AnswerOf<'approvals.show'>

const describe = (approval: Approval): string =>
  [
    `${approval.title}`,
    `${approval.state}, ${approval.kind} of ${approval.action}; ${approval.votes.length} of ${approval.quorum} votes; open until ${approval.expires_at}`,
    ...(approval.voided_because ? [`voided: ${approval.voided_because}`] : []),
    `people with ${approval.scope} may vote${approval.waits_for_me ? ', and you are one of them' : ''}`,
    ...approval.votes.map(
      ({ voter, verdict, comment, at }) => `  ${at} ${voter} ${verdict}${comment ? `: ${comment}` : ''}`,
    ),
    `asked for by ${approval.opened_by} at ${approval.created_at} (gatehouse why ${approval.decision_id})`,
    `what is voted on (${approval.subject_digest}):`,
    subjectInWords(approval).replaceAll(/^/gm, '  '),
    ...(approval.waits_for_me
      ? [`Next: gatehouse approvals approve ${approval.id}, or gatehouse approvals deny ${approval.id}`]
      : []),
  ].join('\n')

/** Where to look for what an approval of this action came to: it is carried out once the vote is in. */
const SEEN_BY: Partial<Record<Approval['action'], string>> = {
  'policy.activate': 'policy status',
  'tenant_policy.activate': 'policy tenant show',
  'waiver.grant': 'policy waivers list',
}

const voted = ({ id, state, action, votes, quorum }: Approval): string =>
  [
    `Voted; the approval is ${state}${state === 'open' ? `: ${votes.length} of ${quorum} votes` : ''}`,
    ...(state === 'approved'
      ? [`Next: gatehouse ${SEEN_BY[action] ?? `approvals show ${id}`} (it is carried out now)`]
      : []),
  ].join('\n')

const vote = (verdict: 'approve' | 'deny') =>
  run(async ({ client, output }: Cli, flags: { comment?: string; digest?: string }, id: string) => {
    // The vote is bound to what was shown: to the digest given, or to that of the approval as it stands now.
    const digest = flags.digest ?? (await client.get('approvals.show', { params: { id } })).subject_digest
    const body = { verdict, subject_digest: digest, ...(flags.comment && { comment: flags.comment }) }
    output.result(await client.get('approvals.vote', { params: { id }, body }), voted)
  })

const list = run(async ({ client, output }: Cli, flags: { all?: boolean }) => {
  const page = await client.get('approvals.list', { query: flags.all ? {} : { waiting: 'true' } })
  output.result(page, ({ items }) =>
    table(
      ['approval', 'state', 'kind', 'title', 'open until'],
      items.map((item) => [item.id, item.state, item.kind, item.title, item.expires_at]),
    ),
  )
})

const show = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('approvals.show', { params: { id } }), describe)
})

/** `gatehouse approvals list|show|approve|deny`. */
export const approvals: Registration = (parent) => {
  const group = parent.command('approvals').description('What waits for people')
  group
    .command('list')
    .description('Approvals, newest first')
    .option('--all', 'also those that do not wait for you')
    .action(list)
  group.command('show <approval>').description('One approval: its subject, and who voted').action(show)
  for (const verdict of ['approve', 'deny'] as const) {
    group
      .command(`${verdict} <approval>`)
      .description(verdict === 'approve' ? 'Agree to exactly what was shown' : 'Refuse it')
      .option('--comment <text>', 'why')
      .option('--digest <sha256>', 'digest of what you were shown; that of the approval as it stands where absent')
      .action(vote(verdict))
  }
}
