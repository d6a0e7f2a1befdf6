import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { COMING, comingMoment } from '../moments.js'
import { table } from '../output.js'
import { readPublicKey } from '../signing-key.js'

type Publisher = AnswerOf<'publishers.list'>['items'][number]
type Key = Publisher['keys'][number]

const standing = ({ revoked_at, not_after }: Key): string =>
  revoked_at ? `revoked ${revoked_at}` : not_after ? `until ${not_after}` : 'counts'

const described = (publisher: Publisher): string =>
  [
    `${publisher.slug}  ${publisher.name}  ${publisher.id}`,
    publisher.verified_at ? `verified ${publisher.verified_at}` : 'not verified',
    ...publisher.keys.map((key) => `key ${key.keyid}  ${standing(key)}`),
  ].join('\n')

const list = run(async ({ client, output }: Cli) => {
  output.result(await client.get('publishers.list', { query: {} }), ({ items }) =>
    table(
      ['publisher', 'slug', 'name', 'verified', 'keys'],
      items.map(({ id, slug, name, verified_at, keys }) => [
        id,
        slug,
        name,
        verified_at,
        keys.map((key) => `${key.keyid} ${standing(key)}`).join(', '),
      ]),
    ),
  )
})

const create = run(
  async (
    { client, output }: Cli,
    { name, contact, signingKey }: { name: string; contact: string; signingKey: string },
    slug: string,
  ) => {
    const body = { slug, name, contact, public_key: readPublicKey('--signing-key', signingKey) }
    output.result(await client.get('publishers.create', { body }), described)
  },
)

const addKey = run(async ({ client, output }: Cli, flags: { until?: string }, id: string, file: string) => {
  const body: RequestOf<'publishers.addKey'>['body'] = {
    public_key: readPublicKey('FILE', file),
    ...(flags.until && { not_after: comingMoment('--until', flags.until) }),
  }
  output.result(
    await client.get('publishers.addKey', { params: { id }, body }),
    (key) => `${key.keyid}  ${standing(key)}`,
  )
})

const revokeKey = run(async ({ client, output }: Cli, _flags: object, id: string, keyid: string) => {
  output.result(
    await client.get('publishers.revokeKey', { params: { id, keyid } }),
    (key) => `${key.keyid}  ${standing(key)}`,
  )
})

const verify = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('publishers.verify', { params: { id } }), described)
})

/** `gatehouse publishers list|create|add-key|revoke-key|verify`: who publishes, and whose signatures count. */
export const publishers: Registration = (parent) => {
  const group = parent.command('publishers').description('Publishers and the keys whose signatures count')
  group.command('list').description('Publishers with their keys').action(list)
  group
    .command('create <slug>')
    .description('Sign up as a publisher, with a first signing key')
    .requiredOption('--name <name>', 'name that people read')
    .requiredOption('--contact <email>', 'where to reach you about security')
    .requiredOption('--signing-key <file>', 'key of gatehouse ext keygen; only its public half is sent')
    .action(create)
  group
    .command('add-key <publisher> <file>')
    .description('Let signatures of another key count; only its public half is sent')
    .option('--until <time>', `only until then: ${COMING}`)
    .action(addKey)
  group
    .command('revoke-key <publisher> <keyid>')
    .description('What the key signed is no longer installed or called')
    .action(revokeKey)
  group.command('verify <publisher>').description('State that the publisher is who it says').action(verify)
}
