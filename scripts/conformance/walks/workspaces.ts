import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

const workspace = (ground: WalkGround) => {
  const slug = ground.slug()
  return ground.as('acme_owner').get('workspaces.create', { body: { slug, name: slug } })
}

const archived = async (ground: WalkGround) => {
  const { id, version } = await workspace(ground)
  return ground.as('acme_owner').get('workspaces.archive', { params: { id }, body: { version, reason: 'to see it' } })
}

const member = async (ground: WalkGround) => {
  const owner = ground.as('acme_owner')
  const { id } = await workspace(ground)
  const person = await owner.get('people.create', { body: { name: ground.slug(), roles: [] } })
  const params = { id, person: person.id }
  await owner.get('workspaces.setMember', { params, body: { roles: ['installer'] } })
  return params
}

/** Workspaces, and who has which role in one. */
export const workspaceWalks: Walks = {
  'workspaces.list': (ground) => ground.as('acme_owner').get('workspaces.list', { query: {} }),
  'workspaces.create': workspace,
  'workspaces.show': async (ground) => {
    const { id } = await workspace(ground)
    return ground.as('acme_owner').get('workspaces.show', { params: { id } })
  },
  'workspaces.update': async (ground) => {
    const { id, version } = await workspace(ground)
    return ground.as('acme_owner').get('workspaces.update', { params: { id }, body: { version, name: 'Another name' } })
  },
  'workspaces.archive': archived,
  'workspaces.restore': async (ground) => {
    const { id, version } = await archived(ground)
    return ground.as('acme_owner').get('workspaces.restore', { params: { id }, body: { version } })
  },
  'workspaces.members': async (ground) => {
    const { id } = await member(ground)
    return ground.as('acme_owner').get('workspaces.members', { params: { id }, query: {} })
  },
  'workspaces.setMember': member,
  'workspaces.removeMember': async (ground) =>
    ground.as('acme_owner').get('workspaces.removeMember', { params: await member(ground) }),
}
