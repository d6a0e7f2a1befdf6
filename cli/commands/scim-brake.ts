import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Brake = AnswerOf<'scim.showBrake'>
type Undone = AnswerOf<'scim.undoBrake'>

const WORDS = {
  deactivated: 'access',
  deleted: 'access, and is deleted',
  left_group: 'a privileged group',
  lost_roles: 'the roles of a group',
} as const
const loses = ({ what, group }: { what: keyof typeof WORDS; group: string | null }): string =>
  `${WORDS[what]}${group === null ? '' : `: ${group}`}`

const changes = ({ changes: held }: Pick<Brake, 'changes'>): string =>
  table(
    ['held off', 'would lose', 'request', 'decision'],
    held.map((each) => [each.name, loses(each), `${each.method} ${each.path}`, each.decision_id]),
  )
const before = (passed: Brake['before']): string =>
  table(
    ['passed before', 'lost', 'at', 'brought back'],
    passed.map((each) => [each.name, loses(each), each.at, each.undone_at]),
  )

const nextOf = ({ state, id }: Pick<Brake, 'state' | 'id'>): string[] => {
  if (state === 'held') return [`Next: gatehouse scim brake release ${id}, or gatehouse scim brake reject ${id}`]
  return state === 'released' ? [] : [`Next: gatehouse scim brake release ${id} lets it through all the same`]
}

const describe = (brake: Brake): string =>
  [
    `${brake.connection}: ${brake.let_go} of ${brake.people} people within ${brake.window_minutes} minutes (${brake.percent} % pass); ${brake.because.join(', ')}`,
    `${brake.state}${brake.until === null ? '' : ` until ${brake.until}`}; tripped at ${brake.tripped_at}; lists ${brake.count} changes (${brake.digest})`,
    `approval ${brake.approval_id} is ${brake.approval_state}`,
    '',
    changes(brake),
    '',
    before(brake.before),
    ...nextOf(brake),
    ...(brake.passed > 0 ? [`Next: gatehouse scim brake undo ${brake.id} brings back ${brake.passed} people`] : []),
  ].join('\n')

const show = ({ client }: Pick<Cli, 'client'>, id: string): Promise<Brake> =>
  client.get('scim.showBrake', { params: { id } })

const list = run(async (cli: Cli, { all }: { all?: boolean }, id?: string) => {
  const { client, output } = cli
  if (id !== undefined) return output.result(await show(cli, id), describe)
  const page = await client.get('scim.listBrakes', { query: all ? {} : { state: 'held' } })
  output.result(page, ({ items }) =>
    table(
      ['brake', 'connection', 'state', 'changes', 'passed before', 'tripped'],
      items.map((each) => [each.id, each.connection, each.state, each.count, each.passed, each.tripped_at]),
    ),
  )
})

/** Votes on exactly what is shown: the digest is taken before the list is, and a list that grew since refuses the vote. */
const vote = async (
  cli: Cli,
  { id, verdict, comment }: { id: string; verdict: 'approve' | 'deny'; comment?: string },
) => {
  const { client, output } = cli
  const { approval_id } = await show(cli, id)
  const { subject_digest } = await client.get('approvals.show', { params: { id: approval_id } })
  const brake = await show(cli, id)
  output.note(changes(brake))
  const body = { verdict, subject_digest, ...(comment !== undefined && { comment }) }
  const { state } = await client.get('approvals.vote', { params: { id: approval_id }, body })
  const words = {
    approved: `Released ${brake.count} changes: they pass once the identity provider sends them again, within a day`,
    denied: `Rejected ${brake.count} changes: they stay refused for ${brake.window_minutes} minutes`,
  }
  const said = state === 'approved' || state === 'denied' ? words[state] : `Voted; the approval is ${state}`
  output.result({ brake: id, approval: approval_id, state, count: brake.count, digest: brake.digest }, () => said)
}

const release = run(async (cli: Cli, flags: { comment?: string }, id: string) => {
  const { client, output } = cli
  const brake = await show(cli, id)
  if (brake.state === 'held') return vote(cli, { id, verdict: 'approve', ...flags })
  output.note(changes(brake))
  const reply = await client.call('scim.releaseBrake', { params: { id }, body: { digest: brake.digest } })
  if (reply.kind === 'held') output.held(reply)
  else output.result(reply.answer, ({ count, until }) => `Released ${count} changes until ${until}`)
})

const reject = run(async (cli: Cli, flags: { comment?: string }, id: string) => {
  const { state } = await show(cli, id)
  if (state !== 'held') throw new UsageError(`BRAKE ${id} is ${state}: only one that waits for people is rejected`)
  await vote(cli, { id, verdict: 'deny', ...flags })
})

const undone = ({ restored, failed }: Undone): string =>
  [
    `Brought back ${restored.length} people`,
    ...restored.map(({ name, decision_id }) => `  ${name} (gatehouse why ${decision_id})`),
    ...failed.map(({ name, detail }) => `  not ${name}: ${detail}`),
    'Sessions, API keys and tokens that ended stay ended. Mend the identity provider, or it lets them go again.',
  ].join('\n')

const undo = run(async (cli: Cli, { yes }: { yes?: boolean }, id: string) => {
  const { client, output } = cli
  const brake = await show(cli, id)
  const waiting = brake.before.filter(({ undone_at }) => undone_at === null)
  if (!yes)
    return output.result({ would: true, brake: id, passed: brake.passed, before: waiting }, () =>
      [before(waiting), ...(waiting.length > 0 ? [`Next: gatehouse scim brake undo ${id} --yes`] : [])].join('\n'),
    )
  const all: Undone = { restored: [], failed: [], left: 0 }
  for (let goesOn = true; goesOn;) {
    // oxlint-disable-next-line no-await-in-loop -- A hundred at a time.
    const some = await client.get('scim.undoBrake', { params: { id } })
    all.restored.push(...some.restored)
    all.failed.splice(0, all.failed.length, ...some.failed)
    all.left = some.left
    goesOn = some.left > 0 && some.restored.length > 0
  }
  output.result(all, undone)
})

/** `gatehouse scim brake list|release|reject|undo`. */
export const scimBrake: Registration = (parent) => {
  const group = parent.command('brake').description('What is held off because it would let many people go at once')
  group
    .command('list [brake]')
    .description('Brakes that wait for people; of one, what it holds off and what passed before')
    .option('--all', 'also those that were decided on')
    .action(list)
  group
    .command('release <brake>')
    .description('Let through what it lists; the identity provider sends it again')
    .option('--comment <text>', 'why')
    .action(release)
  group
    .command('reject <brake>')
    .description('Keep what it lists refused')
    .option('--comment <text>', 'why')
    .action(reject)
  group
    .command('undo <brake>')
    .description('Bring back whom the connection let go before it tripped; lists them first')
    .option('--yes', 'do it')
    .action(undo)
}
