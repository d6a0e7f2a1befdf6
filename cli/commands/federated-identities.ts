import { run, type Cli, type Registration } from '../command.js'
import { accountId } from '../find-person.js'
import { COMING, comingMoment } from '../moments.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

interface AddFlags {
  readonly name: string
  readonly issuer: string
  readonly audience?: string
  readonly subject?: string
  readonly claim?: string[]
  readonly reusable?: boolean
  readonly expires?: string
}

/** `NAME=VALUE` as a claim and what it must be. */
const claimIn = (given: string): [string, string] => {
  const at = given.indexOf('=')
  if (at > 0 && at < given.length - 1) return [given.slice(0, at), given.slice(at + 1)]
  throw new UsageError(`--claim takes NAME=VALUE, such as repository=acme/app; not ${given}`)
}

const claimsIn = (given: readonly string[]): Record<string, string> => {
  const claims = given.map(claimIn)
  const twice = claims.find(([name], at) => claims.findIndex(([other]) => other === name) !== at)
  if (twice) throw new UsageError(`--claim names ${twice[0]} twice`)
  return Object.fromEntries(claims)
}

const list = run(async (cli: Cli, _flags: object, named: string) => {
  const { client, output } = cli
  const id = await accountId(cli, named)
  output.result(await client.get('accounts.identities', { params: { id }, query: {} }), ({ items }) =>
    table(
      ['identity', 'name', 'issuer', 'audience', 'what it takes', 'each token', 'expires', 'removed', 'last used'],
      items.map((each) => [
        ...[each.id, each.name, each.issuer, each.audience],
        [
          ...(each.subject === null ? [] : [`sub=${each.subject}`]),
          ...Object.entries(each.claims).map(([name, value]) => `${name}=${value}`),
        ].join(', '),
        ...[each.single_use ? 'once' : 'while it is valid', each.expires_at, each.revoked_at, each.last_used_at],
      ]),
    ),
  )
})

const add = run(async (cli: Cli, flags: AddFlags, named: string) => {
  const { client, output } = cli
  const id = await accountId(cli, named)
  const { name, issuer, audience, subject, claim = [], reusable, expires } = flags
  const body = {
    ...{ name, issuer, claims: claimsIn(claim), single_use: reusable !== true },
    ...(audience !== undefined && { audience }),
    ...(subject !== undefined && { subject }),
    ...(expires !== undefined && { expires_at: comingMoment('--expires', expires) }),
  }
  output.result(await client.get('accounts.trust', { params: { id }, body }), (made) =>
    [
      `Tokens of ${made.issuer} for ${made.audience} are exchanged now (identity ${made.id})`,
      `Next: have the program send one to /oauth/token with client_id=${id}`,
    ].join('\n'),
  )
})

const remove = run(async (cli: Cli, _flags: object, named: string, identity_id: string) => {
  const { client, output } = cli
  const id = await accountId(cli, named)
  output.result(
    await client.get('accounts.distrust', { params: { id, identity_id } }),
    ({ name }) => `Removed ${name}, and the tokens that were given for it`,
  )
})

/** `gatehouse service-accounts identities list|add|remove`. */
export const federatedIdentities: Registration = (parent) => {
  const group = parent.command('identities').description('Outside issuers whose tokens a service account trusts')
  group.command('list <account>').description('Whom it trusts, and when that was used').action(list)
  group
    .command('add <account>')
    .description('Trust tokens of an outside issuer, such as GitHub Actions or a Kubernetes cluster')
    .requiredOption('--name <name>', 'what it is called')
    .requiredOption('--issuer <url>', 'as the issuer spells itself')
    .option('--audience <audience>', 'what aud must be; the address of this service where absent')
    .option('--subject <subject>', 'what sub must be, exactly')
    .option('--claim <name=value...>', 'what another claim must be; one that ends in * is a beginning')
    .option('--reusable', 'take a token for as long as it is valid, not once')
    .option('--expires <time>', `counts until then: ${COMING}`)
    .action(add)
  group
    .command('remove <account> <identity>')
    .description('Trust it no more; tokens that were given for it end')
    .action(remove)
}
