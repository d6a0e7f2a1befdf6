import { hostile, type HostileCase, type Observed } from '../case.js'
import { SECRET_OF_ACME, type ServiceGround } from '../grounds/service.js'

/** One organisation that reaches for what is another's, over the API. */
const over = (
  name: string,
  expected: string | string[],
  attack: (ground: ServiceGround) => Promise<Observed>,
): HostileCase => hostile<'service'>({ name: `other organisation: ${name}`, ground: 'service', expected, attack })

const SECRET = 'secret of acme'
const keepsSecret = (ground: ServiceGround) => ground.call('acme_member', '/kv', { key: 'shared', set: SECRET })

const secretly = (name: string, expected: string, told: object): HostileCase =>
  over(name, expected, async (ground) => {
    const { status, body } = await ground.call('globex_admin', '/secret', told)
    const escaped = JSON.stringify(body).includes(SECRET_OF_ACME) || 'value' in body
    return { code: String(body['code'] ?? status), escaped, seen: body }
  })

const hidden = (name: string, path: (ground: ServiceGround) => Promise<string>, method = 'GET'): HostileCase =>
  over(name, ['404', '403'], async (ground) => {
    const { status, body } = await ground.world.request('globex_admin', await path(ground), { method })
    return { code: String(status), escaped: status < 400, seen: body }
  })

const firstOf = async ({ world }: ServiceGround, list: string): Promise<string> => {
  const { body } = await world.request('acme_admin', list)
  const { id } = (body['items'] as { id: string }[])[0] ?? {}
  if (id === undefined) throw new Error(`acme has nothing at ${list}`)
  return id
}

/** The service's own login to the database, in its reader's role: tables whose rows row-level security alone keeps apart. */
const TABLES = [
  'extension_kv',
  'tenant_extension_install',
  'api_key',
  'principal',
  'decision',
  'extension_execution_log',
]

const rows = async (ground: ServiceGround, table: string, before: string): Promise<Observed> => {
  await keepsSecret(ground)
  const acme = await ground.tenantOf('acme_admin')
  const database = await ground.world.postgres('api', 'gatehouse_reader')
  try {
    const found = await database.query(
      `BEGIN; ${before} SELECT count(*)::text FROM ${table} WHERE tenant_id = '${acme}'; COMMIT`,
    )
    const count = Number(found.at(-1)?.[0])
    return { code: count === 0 ? 'no rows' : 'rows', escaped: count > 0, seen: found }
  } finally {
    database.close()
  }
}

const inScopeOf = async (ground: ServiceGround): Promise<string> =>
  `SELECT set_config('gatehouse.tenant', '${await ground.tenantOf('globex_admin')}', true);`

const read = (table: string): HostileCase[] => [
  hostile<'service'>({
    name: `rows: reads ${table} as another organisation`,
    ground: 'service',
    expected: 'no rows',
    attack: async (ground) => rows(ground, table, await inScopeOf(ground)),
  }),
  hostile<'service'>({
    name: `rows: reads ${table} as nobody`,
    ground: 'service',
    expected: 'no rows',
    attack: (ground) => rows(ground, table, ''),
  }),
]

export const tenants: readonly HostileCase[] = [
  over('reads its storage by the same extension', 'nothing', async (ground) => {
    await keepsSecret(ground)
    const { body } = await ground.call('globex_admin', '/kv', { key: 'shared' })
    const escaped = JSON.stringify(body).includes(SECRET) || body['value'] !== null
    return { code: escaped ? 'found' : 'nothing', escaped, seen: body }
  }),
  over('lists its storage by the same extension', 'nothing', async (ground) => {
    await keepsSecret(ground)
    const { body } = await ground.call('globex_admin', '/kv', {})
    const escaped = !Array.isArray(body['keys']) || body['keys'].includes('shared')
    return { code: escaped ? 'found' : 'nothing', escaped, seen: body }
  }),
  secretly('reads its secret by the same extension', 'capability.secret_unset', { name: 'token' }),
  secretly('reads a secret that is not declared', 'capability.secret_undeclared', { name: 'password' }),
  secretly('reads a secret by the name of every object', 'capability.secret_undeclared', { name: '__proto__' }),
  over('gets a cached answer of it', 'another', async (ground) => {
    await keepsSecret(ground)
    const mine = await ground.world.request('acme_admin', '/v1/installs')
    const theirs = await ground.world.request('globex_admin', '/v1/installs', {
      headers: { 'if-none-match': mine.headers.get('etag') ?? '*' },
    })
    const ids = (answer: typeof mine): string[] =>
      ((answer.body['items'] as { id: string }[] | undefined) ?? []).map(({ id }) => id)
    const escaped = ids(theirs).some((id) => ids(mine).includes(id))
    return { code: escaped ? 'the same' : 'another', escaped, seen: [ids(mine), ids(theirs)] }
  }),
  hidden('reads an execution of it', async (ground) => {
    const { headers } = await keepsSecret(ground)
    return `/v1/executions/${headers.get('x-gatehouse-decision-id')}`
  }),
  hidden('reads a decision of it', async (ground) => {
    const { headers } = await keepsSecret(ground)
    return `/v1/decisions/${headers.get('x-gatehouse-decision-id')}`
  }),
  hidden('reads an install of it', async (ground) => `/v1/installs/${await firstOf(ground, '/v1/installs')}`),
  hidden(
    'uninstalls what it installed',
    async (ground) => `/v1/installs/${await firstOf(ground, '/v1/installs')}`,
    'DELETE',
  ),
  hidden('revokes a key of it', async (ground) => `/v1/keys/${await firstOf(ground, '/v1/keys')}`, 'DELETE'),
  ...TABLES.flatMap(read),
]
