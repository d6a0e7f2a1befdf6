import type { Command } from 'commander'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli } from '../command.js'
import { findRevision } from '../find-revision.js'
import { milliseconds } from '../moments.js'
import { table } from '../output.js'

type Status = AnswerOf<'policy.status'>
type Activation = AnswerOf<'policy.history'>['activations'][number]

const stateOf = ({ follows, fault, revision }: Status['instances'][number]): string =>
  follows ? 'in step' : (fault ?? (revision === null ? 'has no policy and refuses everything' : 'not yet in step'))

const statusInWords = ({ in_force, activation, break_glass, canary, instances }: Status): string =>
  [
    ...(break_glass ? [`BREAK GLASS until ${break_glass.expires_at}, asked for by ${break_glass.by}`] : []),
    `in force  ${in_force ?? 'nothing: everything is refused'}`,
    activation ? `since     ${activation.at}, ${activation.kind} by ${activation.by}: ${activation.reason}` : 'shipped',
    ...(canary ? [`canary    ${canary.revision} decides ${canary.percent} % (${canary.id})`] : []),
    table(
      ['instance', 'decides by', 'since', 'state'],
      instances.map((instance) => [instance.node, instance.revision, instance.since, stateOf(instance)]),
    ),
  ].join('\n')

const ruleBook = ({ revision, engine, rules }: AnswerOf<'policy.show'>): string =>
  [
    `revision  ${revision}`,
    `engine    ${engine}`,
    ...rules.flatMap(({ id, title, description, remedy, waivable, file, line }) => [
      `${id}: ${title} (${file}:${line})${waivable ? ', may be waived' : ''}`,
      `    ${description}`,
      ...(remedy === null ? [] : [`    Remedy: ${remedy}`]),
    ]),
  ].join('\n')

const show = run(async ({ client, output }: Cli) => {
  output.result(await client.get('policy.show', {}), ruleBook)
})

/** Exit code 1 while an instance does not decide by what is in force. */
const status = run(async ({ client, output }: Cli) => {
  const found = await client.get('policy.status', {})
  if (found.instances.some(({ follows }) => !follows)) process.exitCode = 1
  output.result(found, statusInWords)
})

const history = run(async ({ client, output }: Cli) => {
  output.result(await client.get('policy.history', {}), ({ activations }) =>
    table(
      ['no.', 'at', 'what', 'revision', 'by', 'reason'],
      activations.map(({ seq, at, kind, revision, by, reason }) => [String(seq), at, kind, revision, by, reason]),
    ),
  )
})

/** What only decided here, such as the policy that ships, is kept for all instances as its own base. */
const isSealed = ({ revision, base_revision }: AnswerOf<'policy.revisions'>['revisions'][number]): boolean =>
  revision !== base_revision

const revisions = run(async ({ client, output }: Cli) => {
  output.result(await client.get('policy.revisions', {}), ({ revisions: found }) =>
    table(
      ['sealed revision', 'bundle revision', 'sealed', 'by', 'commit', 'in force'],
      found.map((row) => [
        ...[row.revision, row.bundle_revision, ...(isSealed(row) ? [row.sealed_at, row.sealed_by] : ['not here', '-'])],
        row.source_commit,
        row.in_force ? 'yes' : '',
      ]),
    ),
  )
})

interface ActivateFlags {
  readonly reason: string
  readonly breakGlass?: string
}

const changed = ({ revision, kind, seq }: Activation): string =>
  `${kind === 'rollback' ? 'Back in force' : 'In force'}: ${revision} (change ${seq})\nNext: gatehouse policy status`

const activate = run(async ({ client, output }: Cli, flags: ActivateFlags, named: string) => {
  const revision = await findRevision({ client }, 'REVISION', named)
  const { reason, breakGlass } = flags
  const glass = breakGlass === undefined ? null : Math.ceil(milliseconds('--break-glass', breakGlass) / 1000)
  const body = { reason, ...(glass !== null && { break_glass: { expires_in_s: glass } }) }
  const reply = await client.call('policy.activate', { params: { revision }, body })
  if (reply.kind === 'held') output.held(reply)
  else output.result(reply.answer, changed)
})

const rollback = run(async ({ client, output }: Cli, { reason }: { reason: string }, named?: string) => {
  const body =
    named === undefined ? { reason } : { revision: await findRevision({ client }, 'REVISION', named), reason }
  output.result(await client.get('policy.rollback', { body }), changed)
})

const REASON = ['--reason <text>', 'why; goes on record'] as const

/** `gatehouse policy show|status|history|revisions|activate|rollback`: which policy decides, and changing that. */
export const policyLife = (group: Command): void => {
  group.command('show').description('The policy that decides now, with its rules in words').action(show)
  group.command('status').description('Which policy is in force, and what each instance decides by').action(status)
  group.command('history').description('When which policy came in force, by whom and why').action(history)
  group.command('revisions').description('Sealed policies, newest first').action(revisions)
  group
    .command('activate <revision>')
    .description('Put a sealed policy in force; a second person must agree')
    .requiredOption(...REASON)
    .option(
      '--break-glass <time>',
      'in an emergency: two others must agree, all are told, and it ends after 12h or 90m',
    )
    .action(activate)
  group
    .command('rollback [revision]')
    .description('Go back to a policy that has decided before; without a name, to the one before')
    .requiredOption(...REASON)
    .action(rollback)
}
