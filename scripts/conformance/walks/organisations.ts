import { GatehouseClient } from '#sdk/client/client.js'
import { shown } from '../../demo/step.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

/** A sandbox of its own, and its owner: what ends it ends nothing else. */
const sandbox = async (ground: WalkGround) => {
  const body = { slug: ground.slug(), days: 1 }
  const { tenant, people } = await ground.as('operator').get('tenants.sandbox', { body })
  const owner = people.find(({ person }) => person.roles.includes('owner'))
  shown(owner !== undefined, 'a sandbox has an owner', people)
  return { tenant, owner: new GatehouseClient({ url: ground.url, key: owner.key.secret }) }
}

const closing = async (ground: WalkGround) => {
  const { tenant, owner } = await sandbox(ground)
  const body = { version: tenant.version, slug: tenant.slug, reason: 'to see it end' }
  return { owner, tenant: await owner.get('tenants.delete', { params: { id: tenant.id }, body }) }
}

/** Organisations that begin and end, and what they take along. */
export const lifecycleWalks: Walks = {
  'tenants.sandbox': sandbox,
  'tenants.delete': closing,
  'tenants.restore': async (ground) => {
    const {
      owner,
      tenant: { id, version },
    } = await closing(ground)
    return owner.get('tenants.restore', { params: { id }, body: { version } })
  },
  'tenants.export': async (ground) => {
    const { tenant, owner } = await sandbox(ground)
    const params = { id: tenant.id }
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await owner.get('tenants.export', { params, query: cursor === undefined ? {} : { cursor } })
      cursor = page.next_cursor
    }
  },
}
