import type { AnswerOf } from '#sdk/client/client.js'
import { whole } from '../chosen.js'
import { run, type Cli, type Registration } from '../command.js'
import { table } from '../output.js'
import { findConnection } from '../scim/find-connection.js'
import { tokenState, usableTokens } from '../scim/tokens.rules.js'

interface CreateFlags {
  readonly name: string
  readonly preview?: boolean
  readonly days?: string
}

const list = run(async (cli: Cli, _flags: object, named: string) => {
  const { id } = await findConnection(cli, named)
  const page = await cli.client.get('scim.listTokens', { params: { id }, query: { limit: 200 } })
  cli.output.result(page, ({ items }) => {
    const now = Date.now()
    const [kept, replaced] = usableTokens(items, now).filter(({ preview }) => !preview)
    return [
      table(
        ['token', 'name', 'begins with', 'for', 'state', 'expires', 'last used'],
        items.map((each) => [
          ...[each.id, each.name, `ghp_${each.prefix}`, each.preview ? 'previews' : 'provisioning'],
          ...[tokenState(each, now), each.expires_at, each.last_used_at],
        ]),
      ),
      ...(replaced === undefined
        ? []
        : [
            `Two tokens count. Once the provider has ${kept!.name}, revoke the other:`,
            `Next: gatehouse scim tokens revoke ${replaced.id}`,
          ]),
    ].join('\n')
  })
})

const create = run(async (cli: Cli, { name, preview = false, days: lasts }: CreateFlags, named: string) => {
  const { id } = await findConnection(cli, named)
  const body = {
    name,
    preview,
    ...(lasts !== undefined && { expires_in_days: whole('--days', lasts, { form: /^\d{1,4}$/ }) }),
  }
  const made: AnswerOf<'scim.createToken'> = await cli.client.get('scim.createToken', { params: { id }, body })
  cli.output.result(made, ({ secret, id: token, expires_at }) =>
    [
      secret,
      `Keep it now: it is not shown again (token ${token}, until ${expires_at})`,
      ...(preview ? ['What comes with it is answered and logged as it would be, and changes nothing'] : []),
      `Next: gatehouse scim tokens list ${id}`,
    ].join('\n'),
  )
})

const revoke = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(
    await client.get('scim.revokeToken', { params: { id } }),
    ({ name, prefix }) => `Revoked ${name} (ghp_${prefix}…)`,
  )
})

/** `gatehouse scim tokens create|list|revoke`. */
export const scimTokens: Registration = (parent) => {
  const group = parent.command('tokens').description('Tokens that identity providers come with')
  group
    .command('create <connection>')
    .description('Make a token, shown once; two count at once, so that one can take the place of the other')
    .requiredOption('--name <name>', 'what it is called')
    .option('--preview', 'answers as if, and changes nothing')
    .option('--days <n>', 'how long it counts; 365 where absent')
    .action(create)
  group.command('list <connection>').description('Tokens of a connection, and when they were used').action(list)
  group.command('revoke <token>').description('Stop a token at once').action(revoke)
}
