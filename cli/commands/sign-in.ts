import { run, type Cli, type Registration } from '../command.js'
import { findPerson } from '../find-person.js'
import { table } from '../output.js'

const list = run(async (cli: Cli, { person }: { person?: string }) => {
  const { client, output } = cli
  const page =
    person === undefined
      ? await client.get('sessions.list', { query: {} })
      : await client.get('sessions.of', { params: { id: (await findPerson(cli, person)).id }, query: {} })
  output.result(page, ({ items }) =>
    table(
      ['session', 'by', 'signed in', 'last used', 'ends', 'called'],
      items.map((each) => [
        ...[`${each.id}${each.current ? ' (this one)' : ''}`, each.client, each.auth_time, each.last_used_at],
        ...[each.expires_at, each.label],
      ]),
    ),
  )
})

const end = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(
    await client.get('sessions.end', { params: { id } }),
    ({ client: by }) => `Ended the ${by} session ${id}`,
  )
})

const revoke = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('sessions.revoke', { params: { id } }), ({ ended }) => `Ended ${ended} sessions`)
})

const providers = run(async ({ client, output }: Cli) => {
  output.result(await client.get('providers.list', { query: {} }), ({ items }) =>
    table(
      ['provider', 'name', 'issuer', 'first time', 'state'],
      items.map((each) => [each.id, each.slug, each.issuer, each.jit, each.enabled ? 'on' : 'off']),
    ),
  )
})

const domains = run(async ({ client, output }: Cli) => {
  output.result(await client.get('domains.list', { query: {} }), ({ items }) =>
    table(
      ['domain', 'name', 'proven', 'record', 'value'],
      items.map((each) => [each.id, each.domain, each.verified_at, each.record.name, each.record.value]),
    ),
  )
})

const claim = run(async ({ client, output }: Cli, flags: { provider?: string }, domain: string) => {
  const body = { domain, ...(flags.provider !== undefined && { provider_id: flags.provider }) }
  output.result(await client.get('domains.claim', { body }), ({ id, record }) =>
    [
      `Claimed ${domain} (${id})`,
      `Put this into its DNS: ${record.name} ${record.type} "${record.value}"`,
      `Next: gatehouse domains verify ${id}`,
    ].join('\n'),
  )
})

const verify = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('domains.verify', { params: { id } }), ({ domain }) => `${domain} is proven`)
})

/** `gatehouse sessions`, `gatehouse providers`, `gatehouse domains`. */
export const signIn: Registration = (parent) => {
  const sessions = parent.command('sessions').description('Where you are signed in')
  sessions
    .command('list')
    .description('Your sessions, newest first')
    .option('--person <person>', 'those of somebody else, by id or address')
    .action(list)
  sessions.command('end <session>').description('End one of your sessions').action(end)
  sessions.command('revoke <person>').description('End every session of a person, at once').action(revoke)
  const group = parent.command('providers').description('Identity providers that people sign in by')
  group.command('list').description('Identity providers of the organisation').action(providers)
  const names = parent.command('domains').description("Domains that are the organisation's own")
  names.command('list').description('Domains, and the records that prove them').action(domains)
  names
    .command('claim <domain>')
    .description('Claim a domain')
    .option('--provider <id>', 'where people of this domain sign in')
    .action(claim)
  names.command('verify <id>').description('Look the record of a domain up').action(verify)
}
