import { readFileSync } from 'node:fs'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { findPerson } from '../find-person.js'
import { table } from '../output.js'
import { OWN_PROCESS } from '../surroundings.js'
import { UsageError } from '../usage-error.js'

type Own = AnswerOf<'credentials.show'>
const inWords = ({ allowed, password, totp, passkeys, recovery_codes_left }: Own): string =>
  [
    `password          ${password ? 'chosen' : 'none'}`,
    `authenticator app ${totp ? 'confirmed' : 'none'}`,
    `passkeys          ${passkeys.length}`,
    `recovery codes    ${recovery_codes_left} left`,
    ...(allowed ? [] : ['Your organisation signs in by its identity provider alone: none of these lets you in']),
  ].join('\n')

const show = run(async ({ client, output }: Cli) => {
  output.result(await client.get('credentials.show', {}), inWords)
})

const STDIN = 0
/** The first line of a file, or of stdin where it is called `-`: a password on the command line would stay in its history. */
const firstLine = ({ surroundings }: Cli, file: string): string => {
  if (file === '-' && surroundings !== OWN_PROCESS)
    throw new UsageError('--file - reads stdin, which the console needs')
  try {
    return readFileSync(file === '-' ? STDIN : file, 'utf8').split(/\r?\n/, 1)[0]!
  } catch (error) {
    throw new UsageError(`--file ${file} cannot be read: ${(error as Error).message}`)
  }
}
const password = run(async (cli: Cli, { file }: { file: string }) => {
  const answer = await cli.client.get('credentials.password', { body: { password: firstLine(cli, file) } })
  cli.output.result(answer, () => 'Your password counts; your sessions have ended: gatehouse login')
})

const totp = run(async ({ client, output }: Cli, { secret, code }: { secret?: string; code?: string }) => {
  if ((secret === undefined) !== (code === undefined)) throw new UsageError('--secret and --code go together')
  if (secret !== undefined && code !== undefined)
    return output.result(await client.get('credentials.confirmTotp', { body: { secret, code } }), inWords)
  output.result(await client.get('credentials.offerTotp', {}), (offer) =>
    [
      offer.uri,
      'Put it into an authenticator app. It counts once you confirmed it:',
      `  gatehouse account totp --secret ${offer.secret} --code SIX_DIGITS`,
    ].join('\n'),
  )
})

const recoveryCodes = run(async ({ client, output }: Cli) => {
  output.result(await client.get('credentials.recoveryCodes', {}), ({ codes }) =>
    [...codes, 'Keep them now: they are not shown again, and those before count no more'].join('\n'),
  )
})

const passkeys = run(async ({ client, output }: Cli) => {
  output.result(await client.get('credentials.show', {}), (own) =>
    table(
      ['passkey', 'name', 'last used', 'made'],
      own.passkeys.map((each) => [each.id, each.name, each.last_used_at, each.created_at]),
    ),
  )
})

const removePasskey = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('credentials.removePasskey', { params: { id } }), inWords)
})

const DELIVERY: Record<AnswerOf<'credentials.reset'>['delivery'], string> = {
  mailed: 'was sent by mail',
  failed: 'was not taken by the mail server; do it again',
  shown: 'was not sent by mail; tell them',
}
const reset = run(async (cli: Cli, { clear }: { clear?: boolean }, named: string) => {
  const { id, name } = await findPerson(cli, named)
  const body = { clear_second_factors: clear ?? false }
  cli.output.result(await cli.client.get('credentials.reset', { params: { id }, body }), (sent) =>
    [`What lets ${name} choose a password ${DELIVERY[sent.delivery]}; it counts once, until ${sent.expires_at}`]
      .concat(sent.page ?? [])
      .join('\n'),
  )
})

/** `gatehouse account show|password|totp|recovery-codes|passkeys|remove-passkey|reset`. */
export const account: Registration = (parent) => {
  const group = parent.command('account').description('What you sign in by, beside identity providers')
  group.command('show').description('Password, authenticator app, passkeys, recovery codes').action(show)
  group
    .command('password')
    .description('Choose another password; your sessions end')
    .requiredOption('--file <file>', 'its first line is the password; - reads stdin')
    .action(password)
  group
    .command('totp')
    .description('Another authenticator app: first its secret, then its confirmation')
    .option('--secret <secret>', 'the secret that was given')
    .option('--code <digits>', 'what the app shows now')
    .action(totp)
  group.command('recovery-codes').description('Ten other recovery codes').action(recoveryCodes)
  group.command('passkeys').description('Your passkeys; they are added in a browser, at /auth/account').action(passkeys)
  group.command('remove-passkey <passkey>').description('Let a passkey go').action(removePasskey)
  group
    .command('reset <person>')
    .description('Let a person, by id or address, choose a password')
    .option('--clear', 'take their second factors away too: they lost them')
    .action(reset)
}
