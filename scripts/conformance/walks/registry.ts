import { another, anotherInstall, installed, runtimeToken } from '../ground/extension.js'
import { newPublicKey, type WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

/** Whoever signs up is of one publisher only, so there is one. */
const publisherOnce = (ground: WalkGround) =>
  ground.once('publisher', async () => {
    const owner = ground.as('acme_owner')
    const { id } = await owner.get('people.create', { body: { name: 'Publishes', roles: ['developer'] } })
    const { secret } = await owner.get('keys.create', { body: { principal_id: id, name: 'publishes' } })
    const slug = ground.slug()
    const body = { slug, name: slug, contact: `security@${slug}.example`, public_key: newPublicKey() }
    const headers = { authorization: `Bearer ${secret}` }
    const made = await owner.get('publishers.create', { body }, { headers })
    return { ...made, headers }
  })

const keyAdded = async (ground: WalkGround) => {
  const { id, headers } = await publisherOnce(ground)
  const body = { public_key: newPublicKey() }
  const { keyid } = await ground.as('acme_owner').get('publishers.addKey', { params: { id }, body }, { headers })
  return { id, keyid, headers }
}

/** Publishers, extensions and versions. */
export const registryWalks: Walks = {
  'publishers.list': (ground) => ground.as('operator').get('publishers.list', {}),
  'publishers.create': publisherOnce,
  'publishers.addKey': keyAdded,
  'publishers.revokeKey': async (ground) => {
    const { headers, ...params } = await keyAdded(ground)
    return ground.as('acme_owner').get('publishers.revokeKey', { params }, { headers })
  },
  'publishers.verify': async (ground) => {
    const { id } = await publisherOnce(ground)
    return ground.as('operator').get('publishers.verify', { params: { id } })
  },
  'extensions.publish': another,
  'extensions.list': (ground) => ground.as('acme_admin').get('extensions.list', {}),
  'extensions.show': async (ground) => {
    const name = await another(ground)
    return ground.as('acme_admin').get('extensions.show', { params: { name } })
  },
  'extensions.setRung': async (ground) => {
    const name = await another(ground)
    const body = { rung: 'notice' as const, reason: 'to see it' }
    return ground.as('security_lead').get('extensions.setRung', { params: { name }, body })
  },
  'versions.show': async (ground) => {
    const params = { name: await another(ground), semver: '1.0.0' }
    return ground.as('acme_admin').get('versions.show', { params })
  },
  'versions.promote': async (ground) => {
    const params = { name: await another(ground), semver: '1.0.0' }
    return ground.as('acme_developer').call('versions.promote', { params, body: { to: 'beta' } })
  },
  'versions.yank': async (ground) => {
    const params = { name: await another(ground), semver: '1.0.0' }
    return ground.as('acme_developer').get('versions.yank', { params })
  },
}

/** Extensions of an organisation, and tokens of those that run elsewhere. */
export const installWalks: Walks = {
  'installs.list': (ground) => ground.as('acme_admin').get('installs.list', {}),
  'installs.create': installed,
  'installs.show': async (ground) => {
    const { id } = await installed(ground)
    return ground.as('acme_admin').get('installs.show', { params: { id } })
  },
  'installs.update': async (ground) => {
    // Not the one whose token makes host calls: an update ends it.
    const { id, revision } = await anotherInstall(ground)
    return ground.as('acme_admin').call('installs.update', { params: { id }, body: { revision, permissions: [] } })
  },
  'installs.uninstall': async (ground) => {
    const { id } = await anotherInstall(ground)
    return ground.as('acme_admin').get('installs.uninstall', { params: { id } })
  },
  'tokens.list': async (ground) => {
    const { id } = await installed(ground)
    await runtimeToken(ground)
    return ground.as('acme_admin').get('tokens.list', { params: { id } })
  },
  'tokens.create': runtimeToken,
  'tokens.revoke': async (ground) => {
    const { id } = await installed(ground)
    const token = await ground.as('acme_admin').get('tokens.create', { params: { id }, body: { name: 'to revoke' } })
    return ground.as('acme_admin').get('tokens.revoke', { params: { id: token.id } })
  },
}
