import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Whoami } from '#contract/api/identity.js'
import { ROLE_IDS, WORKSPACE_ROLE_IDS, type Role } from '#contract/scopes.js'
import { packageRoot } from '#runtime/package-root.js'
import { GatehouseClient, type RequestOf } from '#sdk/client/client.js'
import type { Person, World } from '../demo/world.js'
import type { Random } from './random.js'

/** Somebody who asks and is asked about, with a key that has all that their roles give. */
export interface Asked {
  readonly id: string
  readonly tenant: string
  key: string
}

/** What requests can name. */
export interface Ground {
  readonly url: string
  readonly people: readonly Asked[]
  readonly tenants: readonly string[]
  readonly workspaces: readonly string[]
  readonly keys: readonly string[]
  readonly invitations: readonly string[]
  readonly installs: readonly string[]
  readonly orders: readonly string[]
  readonly approvals: readonly { readonly id: string; readonly digest: string }[]
  readonly extensions: readonly string[]
  readonly publishers: readonly string[]
  /** Asks; as one who may ask about everybody. */
  readonly asker: string
  /** Gives somebody a new key: one that was made before they got further roles lacks what those give. */
  renew(id: string): Promise<void>
}

const DEMO: readonly Person[] = [
  ...(['operator', 'reviewer', 'security_lead', 'acme_owner', 'acme_admin', 'acme_member'] as const),
  ...(['acme_developer', 'globex_admin'] as const),
]
const NEWCOMERS = 32
/** Roles of an organisation's own, by what they give. */
const OWN_ROLES = {
  looks: ['installs:read', 'lists:read', 'people:read'],
  hires: ['people:read', 'people:write', 'keys:read', 'keys:write'],
} as const

const clientOf = (world: World, person: Person): GatehouseClient =>
  new GatehouseClient({ url: world.service.url, key: world.key(person) })

const seedExtensions = async (data: string): Promise<void> => {
  const file = pathToFileURL(join(packageRoot(), 'scripts', 'demo-data.mjs')).href
  const { seed } = (await import(file)) as { seed(data: string, say: (line: string) => void): Promise<void> }
  await seed(data, (line) => process.stderr.write(`${line}\n`))
}

const WORKSPACE_PEOPLE = 8
/** What is installed in each workspace, and called. */
export const CALLED = 'com.acme-labs.lockfile-auditor'

/**
 * Two workspaces of an organisation with an install in each, people who have roles in them and nowhere else, and some who have
 * them beside others.
 */
const layWorkspaces = async (admin: GatehouseClient, tenant_id: string, random: Random, others: readonly Asked[]) => {
  const { items } = await admin.get('extensions.list', { query: {} })
  const extension = items.find(({ name }) => name === CALLED)
  const [version] = extension!.versions.filter(({ review_state }) => review_state === 'approved')
  const permissions = extension!.permissions.map(({ id }) => id)
  const consent = { digest: version!.digest, permissions }
  const workspaces: string[] = []
  for (const slug of ['asked-one', 'asked-two']) {
    const { id } = await admin.get('workspaces.create', { body: { slug, name: slug } })
    workspaces.push(id)
    const body = { extension: extension!.name, version: version!.version, workspace_id: id, permissions, consent }
    await admin.call('installs.create', { body })
  }
  const people = others.filter(({ tenant }) => tenant === tenant_id).map(({ id }) => id)
  for (let nth = 0; nth < WORKSPACE_PEOPLE; nth++)
    people.push((await admin.get('people.create', { body: { name: `Of a workspace ${nth}`, roles: [] } })).id)
  const members: Asked[] = []
  for (const [nth, person] of people.entries()) {
    const params = { id: workspaces[nth % 2]!, person }
    const roles = nth % 3 === 0 ? ['workspace_admin' as const] : random.some(WORKSPACE_ROLE_IDS, 2)
    await admin.get('workspaces.setMember', { params, body: { roles } })
    members.push({ id: person, tenant: tenant_id, key: '' })
  }
  return { workspaces, members: members.slice(-WORKSPACE_PEOPLE) }
}

/** A suspended organisation: its people keep their keys. */
const suspended = async (operator: GatehouseClient): Promise<string> => {
  const owner = { name: 'Ida', email: 'ida@initech.example' }
  const { tenant } = await operator.get('tenants.create', { body: { slug: 'initech', name: 'Initech', owner } })
  return tenant.id
}

const ownRoles = async (client: GatehouseClient): Promise<void> => {
  for (const [name, scopes] of Object.entries(OWN_ROLES)) {
    const document = { title: name, scopes: [...scopes] }
    await client.get('roles.set', { params: { name }, query: {}, body: { document, why: 'to be asked', revision: 0 } })
  }
}

type NewPerson = RequestOf<'people.create'>['body']
const newcomer = async (operator: GatehouseClient, body: NewPerson): Promise<Asked & { readonly keyId: string }> => {
  const person = await operator.get('people.create', { body })
  const key = await operator.get('keys.create', { body: { principal_id: person.id, name: 'asked' } })
  return { id: person.id, tenant: person.tenant_id, key: key.secret, keyId: key.id }
}

/** People of every kind of role in every organisation; some by roles of their own, some disabled. */
const newcomers = async (operator: GatehouseClient, tenants: readonly string[], random: Random) => {
  const [acme] = tenants
  const made = []
  for (let nth = 0; nth < NEWCOMERS; nth++) {
    const tenant_id = tenants[nth % tenants.length]!
    const roles: Role[] = nth < ROLE_IDS.length ? [ROLE_IDS[nth]!] : random.some(ROLE_IDS, 2)
    const custom_roles = tenant_id === acme && nth % 2 === 0 ? [random.pick(Object.keys(OWN_ROLES))] : []
    made.push(
      await newcomer(operator, {
        name: `Asked ${nth}`,
        roles: custom_roles.length > 0 ? [] : roles,
        custom_roles,
        tenant_id,
      }),
    )
  }
  for (const { id } of made.slice(-2))
    await operator.get('people.update', { params: { id }, body: { version: 1, disabled: true } })
  return made
}

const known = async (world: World, person: Person): Promise<Asked> => {
  const { id, tenant } = (await clientOf(world, person).get('whoami.show', {})) as Whoami
  return { id, tenant: tenant.id, key: world.key(person) }
}

const renewing = (operator: GatehouseClient, people: readonly Asked[]) => async (id: string) => {
  const person = people.find((each) => each.id === id)
  if (!person) return
  person.key = (await operator.get('keys.create', { body: { principal_id: id, name: 'asked anew' } })).secret
}

/** Fills a service that nothing was done on yet. */
export const layGround = async (world: World, random: Random): Promise<Ground> => {
  await seedExtensions(world.data)
  const [operator, owner, lead] = (['operator', 'acme_owner', 'security_lead'] as const).map((who) =>
    clientOf(world, who),
  )
  await ownRoles(owner!)
  const demo = await Promise.all(DEMO.map((person) => known(world, person)))
  const at = (person: Person) => demo[DEMO.indexOf(person)]!
  const initech = await suspended(operator!)
  const tenants = [at('acme_owner').tenant, at('globex_admin').tenant, initech]
  const made = await newcomers(operator!, tenants, random)
  const { workspaces, members } = await layWorkspaces(owner!, tenants[0]!, random, made.slice(0, -2))
  await operator!.get('tenants.suspend', { params: { id: initech }, body: { version: 1, reason: 'to be asked' } })
  const sent = []
  for (const email of ['a@new.example', 'b@new.example', 'c@new.example'])
    sent.push(await owner!.get('invitations.create', { body: { email, roles: ['member'], custom_roles: [] } }))
  const stop = { scope: 'extension', target: 'com.acme-labs.nothing', reason: 'to be asked' } as const
  const engaged = await lead!.get('kills.engage', { body: stop }).then(
    ({ order }) => [order.id],
    () => [],
  )
  const installs = await operator!.get('installs.list', { query: {} })
  const extensions = await operator!.get('extensions.list', { query: {} })
  const publishers = await operator!.get('publishers.list', { query: {} })
  const approvals = await operator!.get('approvals.list', { query: {} })
  const people = [...demo, ...made, ...members]
  const renew = renewing(operator!, people)
  // Keys from before somebody got a role in a workspace lack what it gives.
  for (const { id, tenant } of [...made.slice(0, -2), ...members]) if (tenant === tenants[0]) await renew(id)
  return {
    ...{
      url: world.service.url,
      people,
      tenants,
      keys: made.map(({ keyId }) => keyId),
      asker: at('operator').key,
    },
    renew,
    workspaces,
    invitations: sent.map(({ id }) => id),
    orders: engaged,
    installs: installs.items.map(({ id }) => id),
    extensions: extensions.items.map(({ name }) => name),
    publishers: publishers.items.map(({ id }) => id),
    approvals: approvals.items.map(({ id, subject_digest: digest }) => ({ id, digest })),
  }
}
