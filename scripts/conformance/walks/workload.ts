import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

/** A service account that trusts tokens of the provider outside. */
const trusting = async (ground: WalkGround) => {
  const owner = ground.as('acme_owner')
  const { id } = await owner.get('accounts.create', { body: { name: ground.slug(), roles: ['member'] } })
  const { issuer } = ground.around.provider
  const body = { name: 'A pipeline', issuer, subject: `repo:acme/${ground.slug()}`, claims: { ref: 'refs/heads/*' } }
  return owner.get('accounts.trust', { params: { id }, body })
}

/** Programs outside that are known by tokens of their own. */
export const workloadWalks: Walks = {
  'accounts.trust': trusting,
  'accounts.identities': async (ground) => {
    const { principal_id: id } = await trusting(ground)
    return ground.as('acme_owner').get('accounts.identities', { params: { id } })
  },
  'accounts.distrust': async (ground) => {
    const { principal_id: id, id: identity_id } = await trusting(ground)
    return ground.as('acme_owner').get('accounts.distrust', { params: { id, identity_id } })
  },
}
