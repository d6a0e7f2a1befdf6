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

/** Organisations, people and their keys. */
export const identityWalks: Walks = {
  'whoami.show': (ground) => ground.as('acme_member').get('whoami.show', {}),
  'bootstrap.create': firstOwner,
  'tenants.list': (ground) => ground.as('operator').get('tenants.list', {}),
  'tenants.create': organisation,
  'tenants.update': async (ground) => {
    const { tenant } = await organisation(ground)
    const body = { version: tenant.version, name: 'Another name' }
    return ground.as('operator').get('tenants.update', { params: { id: tenant.id }, body })
  },
  'workspaces.list': (ground) => ground.as('acme_owner').get('workspaces.list', {}),
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
