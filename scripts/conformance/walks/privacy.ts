import { shown } from '../../demo/step.js'
import { signIn } from '../ground/browser.js'
import { scimUser } from '../ground/provisioning.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walk, Walks } from '../walk.js'

/** Acme's people; those who were erased are none. */
const people = async (ground: WalkGround) =>
  (await ground.as('acme_owner').get('people.list', { query: { limit: 200 } })).items

/** Somebody whom a provider keeps, who may do something and has a key for it. */
const somebody = async (ground: WalkGround): Promise<string> => {
  const { id } = await scimUser(ground)
  const owner = ground.as('acme_owner')
  const found = (await people(ground)).find((each) => each.id === id)
  shown(found !== undefined, 'who was provisioned is listed', id)
  await owner.get('people.update', { params: { id }, body: { version: found.version, roles: ['member'] } })
  await owner.get('keys.create', { body: { principal_id: id, name: ground.slug() } })
  return id
}

/** Acme's owner agrees: the reviewer of the demo sees to extensions, not to people. */
const agree = async (ground: WalkGround, id: string): Promise<void> => {
  const owner = ground.as('acme_owner')
  const { subject_digest } = await owner.get('approvals.show', { params: { id } })
  await owner.get('approvals.vote', { params: { id }, body: { verdict: 'approve', subject_digest } })
}

/** Something of each kind that audit lists: administration, a sign-in, an identity provider. */
const happened = (ground: WalkGround): Promise<string> =>
  ground.once('audited', async () => {
    await signIn(ground, 'acme_member')
    return somebody(ground)
  })

const text =
  (path: string): Walk =>
  async (ground) => {
    await happened(ground)
    return ground.as('acme_owner').fetch(path, { method: 'GET' })
  }

/** A service account with what it may prove itself by besides an API key. */
const program = async (ground: WalkGround): Promise<void> => {
  const owner = ground.as('acme_owner')
  const { id } = await owner.get('accounts.create', { body: { name: ground.slug(), roles: ['member'] } })
  await owner.get('accounts.secret', { params: { id }, body: { name: 'first' } })
  const { issuer } = ground.around.provider
  const body = { name: 'A pipeline', issuer, subject: ground.slug() }
  await owner.get('accounts.trust', { params: { id }, body })
}

/** Who did what, and who has what. */
export const reviewWalks: Walks = {
  'audit.list': async (ground) => {
    const id = await happened(ground)
    await ground.as('acme_owner').get('audit.list', { query: { person: id } })
    for (const source of ['admin', 'sign_in', 'scim'] as const) {
      const { items } = await ground.as('acme_owner').get('audit.list', { query: { source } })
      shown(items.length > 0, `audit lists something of ${source}`, items)
    }
  },
  'audit.export': [text('/v1/audit/export'), text('/v1/audit/export?format=csv')],
  'access.review': async (ground) => {
    await happened(ground)
    await program(ground)
    return ground.as('acme_owner').get('access.review', {})
  },
  'access.table': text('/v1/access/review.csv'),
}

/** What is kept of a person, and its end. */
export const personWalks: Walks = {
  'people.export': async (ground) => {
    const params = { id: await somebody(ground) }
    return ground.as('acme_owner').get('people.export', { params })
  },
  'whoami.export': async (ground) => {
    await happened(ground)
    return ground.as('acme_member').get('whoami.export', {})
  },
  'people.erase': async (ground) => {
    const id = await somebody(ground)
    const reply = await ground.as('acme_admin').call('people.erase', { params: { id } })
    shown(reply.kind === 'held', 'nobody is erased by one person alone', reply)
    await agree(ground, reply.approval.id)
    await ground.found(async () => {
      if ((await people(ground)).some((each) => each.id === id)) throw new Error('the person is still there')
    })
  },
}
