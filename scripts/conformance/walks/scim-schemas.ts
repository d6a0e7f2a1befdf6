import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

const attribute = (name: string) => ({ name, type: 'string' as const })

/** Two revisions of a new schema. */
const written = async (ground: WalkGround) => {
  const params = { name: ground.slug() }
  const urn = `urn:example:params:scim:schemas:2.0:${params.name}`
  const set = (revision: number, ...names: readonly string[]) => {
    const document = { title: 'Ours', urn, attributes: names.map(attribute) }
    return ground.as('acme_owner').get('scimschemas.set', { params, body: { document, why: 'as agreed', revision } })
  }
  await set(0, 'badge')
  await set(1, 'badge', 'site')
  return params
}

/** The same each time: an organisation has ten at most. */
const writtenOnce = (ground: WalkGround) => ground.once('scim schema', () => written(ground))

/** What people have beyond RFC 7643. */
export const scimSchemaWalks: Walks = {
  'scimschemas.list': async (ground) => {
    await writtenOnce(ground)
    return ground.as('acme_admin').get('scimschemas.list', { query: { limit: 1 } })
  },
  'scimschemas.set': writtenOnce,
  'scimschemas.show': async (ground) => {
    const params = await writtenOnce(ground)
    await ground.as('acme_admin').get('scimschemas.show', { params, query: { revision: 1 } })
    return ground.as('acme_admin').get('scimschemas.show', { params })
  },
  'scimschemas.history': async (ground) =>
    ground.as('acme_admin').get('scimschemas.history', { params: await writtenOnce(ground) }),
  'scimschemas.diff': async (ground) => {
    const params = await writtenOnce(ground)
    await ground.as('acme_admin').get('scimschemas.diff', { params, query: { from: 0, to: 1 } })
    return ground.as('acme_admin').get('scimschemas.diff', { params })
  },
  'scimschemas.revert': async (ground) => {
    const params = await writtenOnce(ground)
    const { revision } = await ground.as('acme_admin').get('scimschemas.show', { params })
    return ground.as('acme_owner').get('scimschemas.revert', { params, body: { to: 1, why: 'as before', revision } })
  },
}
