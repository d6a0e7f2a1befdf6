import { shown } from '../../demo/step.js'
import { patchBody, provision, scimUser } from '../ground/provisioning.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

const SOON_MS = 30_000
/** The first that a connection lets go passes, the next one trips its brake: of fewer than two hundred people it is more than its share. */
const TIGHT = { percent: 1, people: 1, window_minutes: 60 }
const off = patchBody({ op: 'replace', path: 'active', value: false })
const named = patchBody({ op: 'replace', path: 'displayName', value: 'Still here' })

/** A connection with a token: not the one that other walks speak by, since a tripped brake holds it off. */
const connection = async (ground: WalkGround) => {
  const owner = ground.as('acme_owner')
  const body = { name: ground.slug(), settings: { brake: TIGHT } }
  const { id, version } = await owner.get('scim.createConnection', { body })
  const { secret } = await owner.get('scim.createToken', { params: { id }, body: { name: 'first' } })
  return { id, version, secret }
}

/** Lets somebody go by the token of such a connection; the status that came of it. */
const letGo = async (ground: WalkGround, secret: string, person: string): Promise<number> => {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json' }
  const url = `${ground.url}/scim/v2/Users/${person}`
  return (await fetch(url, { method: 'PATCH', headers, body: JSON.stringify(off) })).status
}

/** A brake that lists one person and let another one go before. */
const tripped = async (ground: WalkGround) => {
  const { id: connection_id, secret } = await connection(ground)
  const [first, second] = [await scimUser(ground), await scimUser(ground)]
  const statuses = [await letGo(ground, secret, first.id), await letGo(ground, secret, second.id)]
  shown(statuses.join() === '200,429', 'the second one to go trips the brake', statuses)
  // Whoever was answered last asks what is generated: that shall not be a connection that is held off.
  await provision(ground, 'PATCH', `/Users/${second.id}`, { body: named })
  const { items } = await ground.as('acme_owner').get('scim.listBrakes', { query: { connection_id } })
  shown(items.length === 1, 'the brake is listed', items)
  return items[0]!
}

/** The same each time. */
const trippedOnce = (ground: WalkGround) => ground.once('scim brake', () => tripped(ground))

/** One that somebody voted against. */
const rejected = async (ground: WalkGround) => {
  const { id, approval_id } = await tripped(ground)
  const admin = ground.as('acme_admin')
  const { subject_digest } = await admin.get('approvals.show', { params: { id: approval_id } })
  const body = { verdict: 'deny' as const, subject_digest, comment: 'They stay' }
  await admin.get('approvals.vote', { params: { id: approval_id }, body })
  const brake = await ground.world.eventually(
    () => admin.get('scim.showBrake', { params: { id } }),
    ({ state }) => state === 'rejected',
    SOON_MS,
  )
  shown(brake.state === 'rejected', 'the vote is acted on', brake)
  return brake
}

const undone = async (ground: WalkGround, id: string) => {
  const answer = await ground.as('acme_owner').get('scim.undoBrake', { params: { id } })
  shown(answer.restored.length === 1, 'whoever went before is brought back', answer)
}

/** Brakes that connections of identity providers tripped. */
export const brakeWalks: Walks = {
  'scim.listBrakes': async (ground) => {
    await trippedOnce(ground)
    await ground.as('acme_owner').get('scim.listBrakes', {})
    return ground.as('acme_owner').get('scim.listBrakes', { query: { state: 'held', limit: 1 } })
  },
  'scim.showBrake': [
    async (ground) => {
      const { id } = await trippedOnce(ground)
      return ground.as('acme_owner').get('scim.showBrake', { params: { id } })
    },
    async (ground) => {
      const { id } = await tripped(ground)
      await undone(ground, id)
      return ground.as('acme_owner').get('scim.showBrake', { params: { id } })
    },
  ],
  'scim.releaseBrake': async (ground) => {
    const { id, digest } = await rejected(ground)
    return ground.as('acme_owner').get('scim.releaseBrake', { params: { id }, body: { digest } })
  },
  'scim.undoBrake': async (ground) => undone(ground, (await tripped(ground)).id),
}

/** What ends a connection. */
export const endWalks: Walks = {
  'scim.deleteConnection': async (ground) => {
    const { id, version } = await connection(ground)
    await ground.as('acme_owner').get('scim.updateConnection', { params: { id }, body: { version, enabled: false } })
    return ground.as('acme_owner').get('scim.deleteConnection', { params: { id } })
  },
}
