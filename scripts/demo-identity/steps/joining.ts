import { shown, type Step } from '../../demo/step.js'
import { DEPARTMENTS, DIRECTORY, DOMAIN, PEOPLE, peopleOf, type Department } from '../company.js'
import { TWO_FACTORS } from '../openid-provider.js'
import { groupResource, ScimClient, userResource, type BulkOperation } from '../scim-client.js'
import type { IdentityWorld } from '../world.js'

const CLIENT_ID = 'gatehouse'
const DIRECTORY_NAME = 'Directory'
const A_REQUEST = 100

/** The organisation trusts the company's provider, and the provider knows the service. */
const trustProvider = async ({ base, provider, url }: IdentityWorld): Promise<string> => {
  const made = await base.request('acme_owner', '/v1/identity-providers', {
    method: 'POST',
    body: {
      ...{ slug: 'works', name: 'Acme Works', issuer: provider.issuer, client_id: CLIENT_ID },
      ...{ step_up_acr: [TWO_FACTORS], jit: 'link' },
    },
  })
  shown(made.status === 201, 'the organisation trusts a provider that answers', made.body)
  const id = String(made.body['id'])
  const keys = (await (await fetch(`${url}/auth/jwks.json`)).json()) as { keys: [] }
  provider.register({
    ...{ client_id: CLIENT_ID, redirect_uris: [`${url}/auth/callback/${id}`], application_type: 'native' },
    ...{ token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', jwks: keys },
    ...{ response_types: ['code'], grant_types: ['authorization_code'], require_auth_time: true },
  })
  return id
}

const domainVerified: Step<IdentityWorld> = {
  name: 'domain_verified',
  async show(world) {
    const { base, names, url } = world
    const provider = await trustProvider(world)
    const claimed = await base.cli('acme_owner', 'domains', 'claim', DOMAIN, '--provider', provider)
    shown(claimed.code === 0, 'an owner claims a domain', claimed)
    const { id, record } = claimed.answer as { id: string; record: { name: string; value: string } }
    const early = await base.cli('acme_owner', 'domains', 'verify', id)
    shown(early.code === 1, 'without the record nothing is proven', early.answer)
    const login = () => fetch(`${url}/auth/login?login_hint=somebody@${DOMAIN}`, { redirect: 'manual' })
    const before = (await login()).status
    shown(before === 404, 'and nobody is led anywhere', before)
    names.put(record.name, record.value)
    const verified = await base.cli('acme_owner', 'domains', 'verify', id)
    shown(verified.code === 0, 'with it, it is', verified)
    const to = (await login()).headers.get('location') ?? ''
    shown(to.startsWith(world.provider.issuer), 'and its people are led to their provider', to)
    return { domain: DOMAIN, record, refused_before: early.answer['code'], verified_at: verified.answer['verified_at'] }
  },
}

const scimConnected: Step<IdentityWorld> = {
  name: 'scim_connected',
  async show({ base, url, secrets }) {
    const made = await base.cli('acme_admin', 'scim', 'connections', 'create', DIRECTORY_NAME)
    shown(made.code === 0, 'an administrator makes a connection', made)
    const connection = String(made.answer['id'])
    base.known.set('connection', connection)
    const token = await base.cli('acme_admin', 'scim', 'tokens', 'create', connection, '--name', 'first')
    shown(token.code === 0, 'and a token, shown once', token.stderr)
    secrets.set('scim', String(token.answer['secret']))
    const listed = await base.cli('acme_admin', 'scim', 'tokens', 'list', connection)
    shown(!listed.stdout.includes(String(token.answer['secret'])), 'it is not shown again', listed.answer)
    const found = await new ScimClient(url, String(token.answer['secret'])).ask('GET', '/Users?count=0')
    shown(found.status === 200 && found.body['totalResults'] === 0, 'the directory is let in, and finds nobody', found)
    const stranger = await new ScimClient(url, base.key('acme_owner')).ask('GET', '/Users?count=0')
    shown(stranger.status === 401 || stranger.status === 403, 'an API key does not do', stranger)
    return { connection, address: made.answer['address'], token: token.answer['id'], api_key: stranger.status }
  },
}

interface BulkAnswer {
  readonly bulkId: string
  readonly status: string
  readonly location?: string
}

/** Sends operations a hundred at a time, and keeps the id of what each made. */
const send = async (world: IdentityWorld, operations: readonly BulkOperation[]): Promise<void> => {
  const answers: BulkAnswer[] = []
  for (let at = 0; at < operations.length; at += A_REQUEST) {
    // oxlint-disable-next-line no-await-in-loop -- One request after the other, as directories send them.
    const { status, body } = await world.scim().bulk(operations.slice(at, at + A_REQUEST))
    shown(status === 200, 'a request with many operations is taken', body)
    answers.push(...(body['Operations'] as BulkAnswer[]))
  }
  const refused = answers.filter(({ status }) => status !== '201')
  shown(refused.length === 0, 'each of them is done', refused.slice(0, 3))
  for (const { bulkId, location } of answers) world.ids.set(bulkId, location!.split('/').at(-1)!)
}

const peopleSynced: Step<IdentityWorld> = {
  name: 'people_synced',
  async show(world) {
    const begun = Date.now()
    await send(
      world,
      DIRECTORY.map((person) => ({
        ...{ method: 'POST', path: '/Users', bulkId: person.email },
        data: userResource(person),
      })),
    )
    const departments = Object.keys(DEPARTMENTS) as Department[]
    await send(
      world,
      departments.map((name) => ({
        ...{ method: 'POST', path: '/Groups', bulkId: name },
        data: groupResource(
          name,
          peopleOf(name).map(({ email }) => world.idOf(email)),
        ),
      })),
    )
    const { total } = await world.scim().find('/Users', 'active eq true')
    shown(total === PEOPLE, 'everybody of the directory is here, and nobody else', total)
    const listed = await world.base.request('acme_admin', '/v1/scim/groups')
    const groups = (listed.body['items'] as { display_name: string; members: number }[]).map((group) => group)
    const sizes = Object.fromEntries(groups.map(({ display_name, members }) => [display_name, members]))
    shown(
      departments.every((name) => sizes[name] === DEPARTMENTS[name]),
      'in the groups that the directory has',
      listed.body,
    )
    return { people: total, groups: sizes, ms: Date.now() - begun }
  },
}

/** How the company comes in, in this order. */
export const joiningSteps: readonly Step<IdentityWorld>[] = [domainVerified, scimConnected, peopleSynced]
