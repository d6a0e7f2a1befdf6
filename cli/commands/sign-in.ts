import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { jsonFile } from '../file-text.js'
import { findListed } from '../find.js'
import { personId } from '../find-person.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Provider = AnswerOf<'providers.list'>['items'][number]
type Domain = AnswerOf<'domains.list'>['items'][number]

const list = run(async (cli: Cli, { person }: { person?: string }) => {
  const { client, output } = cli
  const page =
    person === undefined
      ? await client.get('sessions.list', { query: {} })
      : await client.get('sessions.of', { params: { id: await personId(cli, person) }, query: {} })
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

const revoke = run(async (cli: Cli, _flags: object, person: string) => {
  const { client, output } = cli
  const id = await personId(cli, person)
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

/** The id of a provider by id or name. Raises UsageError where there is none. */
const providerId = async ({ client }: Cli, named: string): Promise<string> => {
  const found = await findListed<Provider>(
    (query) => client.get('providers.list', { query }),
    ({ id, slug }) => id === named || slug === named,
  )
  if (found) return found.id
  throw new UsageError(`PROVIDER ${named} is none here: gatehouse providers list names them`)
}

/** The id of a domain by id or name. Raises UsageError where nobody claimed it. */
const domainId = async ({ client }: Cli, named: string): Promise<string> => {
  const found = await findListed<Domain>(
    (query) => client.get('domains.list', { query }),
    ({ id, domain }) => id === named || domain === named.toLowerCase(),
  )
  if (found) return found.id
  throw new UsageError(`DOMAIN ${named} is not claimed here: gatehouse domains claim ${named} does`)
}

const claim = run(async (cli: Cli, flags: { provider?: string }, domain: string) => {
  const { client, output } = cli
  const body = { domain, ...(flags.provider !== undefined && { provider_id: await providerId(cli, flags.provider) }) }
  output.result(await client.get('domains.claim', { body }), ({ id, record }) =>
    [
      `Claimed ${domain} (${id})`,
      `Put this into its DNS: ${record.name} ${record.type} "${record.value}"`,
      `Next: gatehouse domains verify ${domain}`,
    ].join('\n'),
  )
})

const verify = run(async (cli: Cli, _flags: object, named: string) => {
  const params = { id: await domainId(cli, named) }
  cli.output.result(await cli.client.get('domains.verify', { params }), ({ domain }) => `${domain} is proven`)
})

const release = run(async (cli: Cli, _flags: object, named: string) => {
  const params = { id: await domainId(cli, named) }
  cli.output.result(
    await cli.client.get('domains.release', { params }),
    ({ domain }) => `${domain} is given up: whoever proves it next has it`,
  )
})

/** A body as the API takes it, which the API looks at. Raises UsageError where the file is none. */
const readBody = async <Body>(file: string): Promise<Body> => (await jsonFile('FILE', file)) as Body

const create = run(async ({ client, output }: Cli, { saml }: { saml?: boolean }, file: string) => {
  const made = saml
    ? await client.get('providers.trustSaml', { body: await readBody<RequestOf<'providers.trustSaml'>['body']>(file) })
    : await client.get('providers.create', { body: await readBody<RequestOf<'providers.create'>['body']>(file) })
  output.result(made, ({ id, slug }) =>
    [
      `People can sign in by ${slug} (${id})`,
      `Next: gatehouse domains claim DOMAIN --provider ${slug}, so that they need not choose`,
    ].join('\n'),
  )
})

const update = run(async (cli: Cli, _flags: object, named: string, file: string) => {
  const params = { id: await providerId(cli, named) }
  const changed = await cli.client.get('providers.update', {
    params,
    body: await readBody<RequestOf<'providers.update'>['body']>(file),
  })
  cli.output.result(changed, ({ slug, enabled }) => `${slug} is ${enabled ? 'on' : 'off'}, as ${file} has it`)
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
  sessions
    .command('revoke <person>')
    .description('End every session of a person, by id or address, at once')
    .action(revoke)
  const group = parent.command('providers').description('Identity providers that people sign in by')
  group.command('list').description('Identity providers of the organisation').action(providers)
  group
    .command('create <file>')
    .description('Trust a provider; the file has the body of POST /v1/identity-providers')
    .option('--saml', 'by SAML 2.0: the body of POST /v1/identity-providers/saml')
    .action(create)
  group
    .command('update <provider> <file>')
    .description('Change one, by id or name; the file has the body of PATCH /v1/identity-providers/{id}')
    .action(update)
  const names = parent.command('domains').description("Domains that are the organisation's own")
  names.command('list').description('Domains, and the records that prove them').action(domains)
  names
    .command('claim <domain>')
    .description('Claim a domain')
    .option('--provider <provider>', 'where people of this domain sign in, by id or name')
    .action(claim)
  names.command('verify <domain>').description('Look the record of a domain up, by name or id').action(verify)
  names.command('release <domain>').description('Give a domain up, by name or id').action(release)
}
