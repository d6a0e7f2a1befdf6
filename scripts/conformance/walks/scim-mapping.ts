import { shown } from '../../demo/step.js'
import { scimUser } from '../ground/provisioning.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

const params = { name: 'default' as const }
const body = (...fields: readonly string[]) => ({
  ...{ title: 'Ours', fields: fields.map((field) => ({ field, from: [{ attribute: 'name.familyName' }] })) },
})

/** Two revisions of the mapping, of which an organisation has one. */
const written = (ground: WalkGround) =>
  ground.once('scim mapping', async () => {
    const { id } = await scimUser(ground)
    const set = (revision: number, ...fields: readonly string[]) =>
      ground
        .as('acme_owner')
        .get('scimmappings.set', { params, body: { document: body(...fields), why: 'as agreed', revision } })
    await set(0, 'family')
    await set(1, 'family', 'team')
    return { id }
  })

/** Which SCIM attribute becomes which field of a person. */
export const scimMappingWalks: Walks = {
  'scimmappings.list': async (ground) => {
    await written(ground)
    return ground.as('acme_admin').get('scimmappings.list', {})
  },
  'scimmappings.set': written,
  'scimmappings.show': async (ground) => {
    await written(ground)
    await ground.as('acme_admin').get('scimmappings.show', { params, query: { revision: 1 } })
    return ground.as('acme_admin').get('scimmappings.show', { params })
  },
  'scimmappings.history': async (ground) => {
    await written(ground)
    return ground.as('acme_admin').get('scimmappings.history', { params })
  },
  'scimmappings.diff': async (ground) => {
    await written(ground)
    await ground.as('acme_admin').get('scimmappings.diff', { params, query: { from: 0, to: 1 } })
    return ground.as('acme_admin').get('scimmappings.diff', { params })
  },
  'scimmappings.preview': async (ground) => {
    await written(ground)
    const resource = {
      ...{ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'walks@scim.example' },
      name: { familyName: 'Through' },
    }
    const would = await ground
      .as('acme_admin')
      .get('scimmappings.preview', { params, body: { document: body('clan'), resource } })
    shown(would.affected > 0 && would.resource?.fields['clan'] === 'Through', 'people would change', would)
  },
  'scimmappings.revert': async (ground) => {
    await written(ground)
    const { revision } = await ground.as('acme_admin').get('scimmappings.show', { params })
    return ground.as('acme_owner').get('scimmappings.revert', { params, body: { to: 1, why: 'as before', revision } })
  },
  'scim.showPerson': async (ground) => {
    const { id } = await written(ground)
    const person = await ground.as('acme_admin').get('scim.showPerson', { params: { id } })
    shown(person.fields['family'] === 'Through', 'a field of the organisation’s own', person)
  },
}
