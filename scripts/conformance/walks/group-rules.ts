import { shown } from '../../demo/step.js'
import { groupBody, provision, scimUser, type ScimThing } from '../ground/provisioning.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

/** A new group of one person who is new as well. */
const group = async (ground: WalkGround) => {
  const { id: person } = await scimUser(ground)
  const made = await provision(ground, 'POST', '/Groups', { body: groupBody(ground, person) })
  return { id: ((await made.json()) as ScimThing).id, person }
}

type Role = 'auditor' | 'developer' | 'owner'

/** Rules about one group alone, so that they give nothing to anybody else. */
const rulesOf = (id: string, ...roles: readonly Role[]) => ({
  ...{ title: 'Ours', entries: [{ id, roles: [...roles], why: 'as agreed' }] },
})

/** Two revisions of rules that give roles to a new group. */
const written = async (ground: WalkGround) => {
  const { id, person } = await group(ground)
  const params = { name: ground.slug() }
  const set = (revision: number, ...roles: readonly Role[]) =>
    ground
      .as('acme_owner')
      .get('grouprules.set', { params, body: { document: rulesOf(id, ...roles), why: 'as agreed', revision } })
  await set(0, 'developer')
  await set(1, 'developer', 'auditor')
  return { params, group: id, person }
}

/** The same each time, for what only reads. */
const writtenOnce = (ground: WalkGround) => ground.once('group rules', () => written(ground))

/** Rules that give roles to groups. */
export const groupRuleWalks: Walks = {
  'grouprules.list': async (ground) => {
    await writtenOnce(ground)
    return ground.as('acme_admin').get('grouprules.list', { query: { limit: 1 } })
  },
  'grouprules.set': written,
  'grouprules.show': async (ground) => {
    const { params } = await writtenOnce(ground)
    await ground.as('acme_admin').get('grouprules.show', { params, query: { revision: 1 } })
    return ground.as('acme_admin').get('grouprules.show', { params })
  },
  'grouprules.history': async (ground) => {
    const { params } = await writtenOnce(ground)
    return ground.as('acme_admin').get('grouprules.history', { params })
  },
  'grouprules.diff': async (ground) => {
    const { params } = await writtenOnce(ground)
    await ground.as('acme_admin').get('grouprules.diff', { params, query: { from: 0, to: 1 } })
    return ground.as('acme_admin').get('grouprules.diff', { params })
  },
  'grouprules.preview': async (ground) => {
    const { params, group: id } = await writtenOnce(ground)
    // More than an administrator could hand out.
    const body = { document: rulesOf(id, 'developer', 'owner') }
    const would = await ground.as('acme_admin').get('grouprules.preview', { params, body })
    const { affected, beyond_own } = would
    shown(affected === 1 && beyond_own.length > 0, 'one person would gain more than the reader has', would)
  },
  'grouprules.revert': async (ground) => {
    const { params } = await written(ground)
    return ground.as('acme_owner').get('grouprules.revert', { params, body: { to: 1, why: 'as before', revision: 2 } })
  },
}

/** What groups and their rules come to. */
export const rolesByGroupsWalks: Walks = {
  'people.roles': async (ground) => {
    const { person: id } = await writtenOnce(ground)
    const roles = await ground.as('acme_owner').get('people.roles', { params: { id } })
    shown(roles.by_groups.length === 1, 'the rule gives its roles', roles)
  },
  'people.byGroups': async (ground) => {
    await writtenOnce(ground)
    const { items } = await ground.as('acme_owner').get('people.byGroups', {})
    shown(items.length > 0, 'somebody has roles by a group', items)
  },
  'scim.listGroups': async (ground) => {
    await writtenOnce(ground)
    return ground.as('acme_owner').get('scim.listGroups', {})
  },
  'scim.showGroup': async (ground) => {
    const { group: id } = await writtenOnce(ground)
    const found = await ground.as('acme_owner').get('scim.showGroup', { params: { id } })
    shown(found.rules.length === 1 && found.people.length === 1, 'it has its rule and its people', found)
  },
}
