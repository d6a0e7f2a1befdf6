import type { Command } from 'commander'
import { SCIM_QUIRKS, type ScimQuirks } from '#contract/vocabulary.js'
import { oneOf, whole } from '../chosen.js'
import { run, type Cli, type Registration } from '../command.js'
import { serviceUrl } from '../session.js'
import { table } from '../output.js'
import { findConnection, type Connection } from '../scim/find-connection.js'
import { OWN_PROCESS } from '../surroundings.js'
import { UsageError } from '../usage-error.js'

const EXISTING = ['refuse', 'adopt'] as const
interface SettingFlags {
  readonly quirks?: string
  readonly existing?: string
  readonly brakePercent?: string
  readonly brakePeople?: string
  readonly brakeMinutes?: string
}
interface SetFlags extends SettingFlags {
  readonly name?: string
  readonly enable?: boolean
  readonly disable?: boolean
}

const brakeNumber = (flag: string, given: string): number => whole(flag, given, { form: /^\d{1,6}$/ })
const brakeChosen = ({ brakePercent, brakePeople, brakeMinutes }: SettingFlags) => ({
  ...(brakePercent !== undefined && { percent: brakeNumber('--brake-percent', brakePercent) }),
  ...(brakePeople !== undefined && { people: brakeNumber('--brake-people', brakePeople) }),
  ...(brakeMinutes !== undefined && { window_minutes: brakeNumber('--brake-minutes', brakeMinutes) }),
})
const chosen = (flags: SettingFlags) => {
  const { quirks, existing } = flags
  const brake = brakeChosen(flags)
  const settings = {
    ...(existing !== undefined && { existing: oneOf('--existing', existing, EXISTING) }),
    ...(Object.keys(brake).length > 0 && { brake }),
  }
  return {
    ...(quirks !== undefined && { quirks: oneOf<ScimQuirks>('--quirks', quirks, SCIM_QUIRKS) }),
    ...(Object.keys(settings).length > 0 && { settings }),
  }
}
const brakeInWords = ({ percent, people, window_minutes }: Connection['settings']['brake']): string =>
  `lets ${percent} % of the people go within ${window_minutes} minutes, and ${people} in any case`
const adopts = ({ existing }: Connection['settings']): string =>
  existing === 'adopt' ? 'adopted: managed by the provider from then on' : 'refused with 409'

type Addressed = Connection & { readonly address: string }

const inWords = ({ id, name, quirks, enabled, settings, address, pseudonym, created_at }: Addressed): string =>
  [
    `connection      ${name} (${id})`,
    `state           ${enabled ? 'on' : 'off: every token is refused'}`,
    `address         ${address}`,
    `habits          ${quirks}`,
    `who is here     ${adopts(settings)}`,
    `brake           ${brakeInWords(settings.brake)}`,
    `in decisions    ${pseudonym}`,
    `made            ${created_at}`,
  ].join('\n')

/** The console alone knows where it asks. */
const withAddress = ({ options, surroundings }: Cli, connection: Connection): Addressed => ({
  ...connection,
  address: `${surroundings === OWN_PROCESS ? serviceUrl(options).replace(/\/$/, '') : ''}/scim/v2`,
})

const list = run(async ({ client, output }: Cli, { tenant }: { tenant?: string }) => {
  const query = { limit: 200, ...(tenant !== undefined && { tenant_id: tenant }) }
  output.result(await client.get('scim.listConnections', { query }), ({ items }) =>
    table(
      ['connection', 'name', 'habits', 'who is here', 'state', 'made'],
      items.map((each) => [
        ...[each.id, each.name, each.quirks, each.settings.existing, each.enabled ? 'on' : 'off', each.created_at],
      ]),
    ),
  )
})

const create = run(async (cli: Cli, flags: SettingFlags, name: string) => {
  const made = await cli.client.get('scim.createConnection', { body: { name, ...chosen(flags) } })
  cli.output.result(withAddress(cli, made), (connection) =>
    [
      `Made ${connection.name} (${connection.id}); your provider asks at ${connection.address}`,
      `Next: gatehouse scim tokens create ${connection.id} --name NAME`,
    ].join('\n'),
  )
})

const show = run(async (cli: Cli, _flags: object, named: string) => {
  cli.output.result(withAddress(cli, await findConnection(cli, named)), inWords)
})

const set = run(async (cli: Cli, flags: SetFlags, named: string) => {
  const { name, enable, disable } = flags
  if (enable && disable) throw new UsageError('--enable and --disable exclude each other: give one of them')
  const changes = {
    ...(name !== undefined && { name }),
    ...chosen(flags),
    ...((enable ?? disable) !== undefined && { enabled: enable === true }),
  }
  if (Object.keys(changes).length === 0)
    throw new UsageError('nothing is to change: give --name, --quirks, --existing, --brake-…, --enable or --disable')
  const { id, version } = await findConnection(cli, named)
  const changed = await cli.client.get('scim.updateConnection', { params: { id }, body: { version, ...changes } })
  cli.output.result(withAddress(cli, changed), inWords)
})

const remove = run(async (cli: Cli, _flags: object, named: string) => {
  const { id } = await findConnection(cli, named)
  cli.output.result(
    await cli.client.get('scim.deleteConnection', { params: { id } }),
    ({ name, tokens }) =>
      `Deleted ${name} with ${tokens} token${tokens === 1 ? '' : 's'}; people and groups stay as they are`,
  )
})

const withSettings = (command: Command): Command =>
  command
    .option('--quirks <provider>', `whose habits are understood: ${SCIM_QUIRKS.join(', ')}`)
    .option('--existing <what>', 'what becomes of people who are here under the same address: refuse or adopt')
    .option('--brake-percent <share>', 'that share of the people who are kept in step may go in the window')
    .option('--brake-people <number>', 'as many may go whatever share that is')
    .option('--brake-minutes <minutes>', 'how long the window is')

/** `gatehouse scim connections list|create|show|set|delete`. */
export const scimConnections: Registration = (parent) => {
  const group = parent.command('connections').description('Connections of identity providers')
  group
    .command('list')
    .description('Connections, newest first')
    .option('--tenant <id>', 'of this organisation; for operators of the platform')
    .action(list)
  withSettings(group.command('create <name>').description('Let a provider keep people and groups in step')).action(
    create,
  )
  group
    .command('show <connection>')
    .description('One connection, by name or id, and where its provider asks')
    .action(show)
  withSettings(group.command('set <connection>').description('Change what a connection is called and may do'))
    .option('--name <name>', 'what it is called')
    .option('--enable', 'take its tokens again')
    .option('--disable', 'refuse every token of it')
    .action(set)
  group
    .command('delete <connection>')
    .description('Remove a connection that is off, with its tokens; people and groups stay')
    .action(remove)
}
