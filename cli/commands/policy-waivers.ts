import type { Command } from 'commander'
import type { WaiverRequest } from '#contract/api/policy-waivers.js'
import { DottedId } from '#contract/primitives.js'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli } from '../command.js'
import { tenantId } from '../find-tenant.js'
import { COMING, comingMoment } from '../moments.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Waiver = AnswerOf<'waivers.show'>
type State = Waiver['state']

interface RequestFlags {
  readonly tenant?: string
  readonly extension?: string
  readonly until: string
  readonly reason: string
}

const subjectOf = async (cli: Cli, { tenant, extension }: RequestFlags): Promise<WaiverRequest['subject']> => {
  if (tenant !== undefined && extension === undefined) return { kind: 'tenant', id: (await tenantId(cli, tenant))! }
  if (extension !== undefined && tenant === undefined) return { kind: 'extension', id: extension }
  throw new UsageError('name one that it is for: --tenant ORGANISATION or --extension NAME')
}

const request = run(async (cli: Cli, flags: RequestFlags, reason: string) => {
  const { client, output } = cli
  if (!DottedId.safeParse(reason).success)
    throw new UsageError(`REASON ${reason} is no reason: write its id, such as install.yanked`)
  const until = comingMoment('--until', flags.until)
  const body = { reason, subject: await subjectOf(cli, flags), until, why: flags.reason }
  const reply = await client.call('waivers.request', { body })
  if (reply.kind === 'held') output.held(reply)
  else output.result(reply.answer, ({ id, until }) => `Granted until ${until} (${id})`)
})

const named = ({ subject }: Pick<Waiver, 'subject'>): string => `${subject.kind} ${subject.id}`

const list = run(async ({ client, output }: Cli, { state }: { state?: State }) => {
  output.result(await client.get('waivers.list', { query: state === undefined ? {} : { state } }), ({ items }) =>
    table(
      ['waiver', 'state', 'reason', 'for', 'until', 'why'],
      items.map((item) => [item.id, item.state, item.reason, named(item), item.until, item.why]),
    ),
  )
})

const describe = (waiver: Waiver): string =>
  [
    `${waiver.reason} does not count for the ${named(waiver)}`,
    `${waiver.state}, until ${waiver.until}`,
    `why        ${waiver.why}`,
    `asked by   ${waiver.asked_by}, granted ${waiver.granted_at} by approval ${waiver.approval_id ?? '-'}`,
    ...(waiver.revoked_at
      ? [`revoked    ${waiver.revoked_at} by ${waiver.revoked_by}: ${waiver.revoked_because}`]
      : []),
    waiver.acted.length === 0
      ? 'It has acted in no decision.'
      : table(
          ['acted in', 'at', 'action', 'outcome', 'organisation', 'extension'],
          waiver.acted.map((one) => [
            one.decision_id,
            one.at,
            one.action,
            one.outcome,
            one.tenant_id,
            one.extension ?? '-',
          ]),
        ),
  ].join('\n')

const show = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('waivers.show', { params: { id } }), describe)
})

const revoke = run(async ({ client, output }: Cli, { reason }: { reason: string }, id: string) => {
  const revoked = await client.get('waivers.revoke', { params: { id }, body: { why: reason } })
  output.result(revoked, (waiver) => `Revoked: ${waiver.reason} counts again for the ${named(waiver)}`)
})

/** `gatehouse policy waivers list|request|show|revoke`: expiring exceptions. */
export const policyWaivers = (group: Command): void => {
  const waivers = group.command('waivers').description('Exceptions that two people agreed to, each with an end')
  waivers
    .command('list')
    .description('Waivers, newest first')
    .option('--state <state>', 'in_force, expired or revoked')
    .action(list)
  waivers
    .command('request <reason>')
    .description('Ask that a reason shall not count for one organisation or extension; a second person must agree')
    .option('--tenant <organisation>', 'the organisation that it is for, by id or slug')
    .option('--extension <name>', 'the extension that it is for, wherever it is installed')
    .requiredOption('--until <time>', `when it ends: ${COMING}`)
    .requiredOption('--reason <text>', 'why it is needed, in 10 characters or more; goes on record')
    .action(request)
  waivers.command('show <waiver>').description('A waiver, and the decisions in which it acted last').action(show)
  waivers
    .command('revoke <waiver>')
    .description('End a waiver now')
    .requiredOption('--reason <text>', 'why; goes on record')
    .action(revoke)
}
