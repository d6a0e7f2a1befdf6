import { GatehouseClient } from '#sdk/client/client.js'
import { firstOwner } from '../ground/empty-platform.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

const somebody = (ground: WalkGround) =>
  ground.as('acme_owner').get('people.create', { body: { name: ground.slug(), roles: ['member'] } })

const key = async (ground: WalkGround) => {
  const { id } = await somebody(ground)
  return ground.as('acme_owner').get('keys.create', { body: { principal_id: id, name: ground.slug() } })
}

const organisation = (ground: WalkGround) => {
  const slug = ground.slug()
  const body = { slug, name: slug, owner: { name: 'Owner', email: `owner@${slug}.example` } }
  return ground.as('operator').get('tenants.create', { body })
}

/** An organisation of its own, its owner and the owner's key. */
const owned = async (ground: WalkGround) => {
  const { tenant, owner } = await organisation(ground)
  const issued = { body: { principal_id: owner.id, name: 'first' } }
  const { secret } = await ground.as('operator').get('keys.create', issued)
  return { tenant, owner: new GatehouseClient({ url: ground.url, key: secret }) }
}

const suspended = async (ground: WalkGround) => {
  const { tenant } = await organisation(ground)
  const body = { version: tenant.version, reason: 'to see it' }
  return ground.as('operator').get('tenants.suspend', { params: { id: tenant.id }, body })
}

/** What somebody may do, and who may do something. */
export const accessWalks: Walks = {
  'access.explain': async (ground) => {
    const { id: person } = await somebody(ground)
    const body = { person, action: 'person.create' as const }
    return ground.as('acme_owner').get('access.explain', { body })
  },
  'access.whoCan': (ground) => ground.as('acme_owner').get('access.whoCan', { body: { action: 'person.create' } }),
}

/** Organisations, people and their keys. */
export const identityWalks: Walks = {
  'whoami.show': (ground) => ground.as('acme_member').get('whoami.show', {}),
  'whoami.leave': async (ground) => {
    const { tenant } = await ground.as('acme_owner').get('whoami.show', {})
    const member = new GatehouseClient({ url: ground.url, key: (await key(ground)).secret })
    return member.get('whoami.leave', { body: { slug: tenant.slug } })
  },
  'bootstrap.create': firstOwner,
  'tenants.list': (ground) => ground.as('operator').get('tenants.list', {}),
  'tenants.create': organisation,
  'tenants.update': async (ground) => {
    const { tenant } = await organisation(ground)
    const body = { version: tenant.version, name: 'Another name' }
    return ground.as('operator').get('tenants.update', { params: { id: tenant.id }, body })
  },
  'tenants.suspend': suspended,
  'tenants.resume': async (ground) => {
    const { id, version } = await suspended(ground)
    return ground.as('operator').get('tenants.resume', { params: { id }, body: { version } })
  },
  'tenants.transfer': async (ground) => {
    const { tenant, owner } = await owned(ground)
    const { id: to } = await owner.get('people.create', { body: { name: 'Heir', roles: ['admin'] } })
    return owner.get('tenants.transfer', { params: { id: tenant.id }, body: { to } })
  },
  'people.list': (ground) => ground.as('acme_owner').get('people.list', {}),
  'people.create': somebody,
  'people.update': async (ground) => {
    const { id, version } = await somebody(ground)
    return ground.as('acme_owner').get('people.update', { params: { id }, body: { version, disabled: true } })
  },
  'keys.list': (ground) => ground.as('acme_owner').get('keys.list', {}),
  'keys.create': key,
  'keys.revoke': async (ground) => {
    const { id } = await key(ground)
    return ground.as('acme_owner').get('keys.revoke', { params: { id } })
  },
}
