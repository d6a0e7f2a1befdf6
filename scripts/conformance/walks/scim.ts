import {
  bulkBody,
  groupBody,
  patchBody,
  provision,
  scimGroup,
  scimUser,
  searchBody,
  userBody,
} from '../ground/provisioning.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walk, Walks } from '../walk.js'

const read =
  (path: string): Walk =>
  (ground) =>
    provision(ground, 'GET', path)

const named = { op: 'replace', path: 'displayName', value: 'Another name' }

/** Asks for a resource, for a part of it, and for whatever changed since: nothing. */
const asked = async (ground: WalkGround, path: string): Promise<void> => {
  const { headers } = await provision(ground, 'GET', path)
  await provision(ground, 'GET', `${path}?attributes=meta.location`)
  await provision(ground, 'GET', path, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
}

const userWalks: Walks = {
  'scim.queryUsers': [
    async (ground) => {
      await scimUser(ground)
      return provision(ground, 'GET', '/Users?count=1&filter=userName%20pr&sortBy=userName')
    },
    read('/Users?count=1&cursor='),
  ],
  'scim.createUser': [
    scimUser,
    (ground) => provision(ground, 'POST', '/Users', { body: userBody(ground), type: 'application/json' }),
  ],
  'scim.searchUsers': (ground) => provision(ground, 'POST', '/Users/.search', { body: searchBody('active eq true') }),
  'scim.readUser': async (ground) => asked(ground, `/Users/${(await scimUser(ground)).id}`),
  'scim.replaceUser': async (ground) => {
    const { id, meta } = await scimUser(ground)
    const headers = { 'if-match': meta.version }
    return provision(ground, 'PUT', `/Users/${id}`, { body: userBody(ground), headers })
  },
  'scim.patchUser': async (ground) => {
    const { id } = await scimUser(ground)
    const off = { op: 'replace', path: 'active', value: false }
    return provision(ground, 'PATCH', `/Users/${id}`, { body: patchBody(named, off) })
  },
  'scim.deleteUser': async (ground) => provision(ground, 'DELETE', `/Users/${(await scimUser(ground)).id}`),
}

const groupWalks: Walks = {
  'scim.queryGroups': async (ground) => {
    await scimGroup(ground)
    return provision(ground, 'GET', '/Groups?excludedAttributes=members')
  },
  'scim.createGroup': scimGroup,
  'scim.searchGroups': (ground) => provision(ground, 'POST', '/Groups/.search', { body: searchBody('displayName pr') }),
  'scim.readGroup': async (ground) => asked(ground, `/Groups/${(await scimGroup(ground)).id}`),
  'scim.replaceGroup': async (ground) => {
    const [{ id }, member] = [await scimGroup(ground), await scimUser(ground)]
    return provision(ground, 'PUT', `/Groups/${id}`, { body: groupBody(ground, member.id) })
  },
  'scim.patchGroup': async (ground) => {
    const { id } = await scimGroup(ground)
    await provision(ground, 'PATCH', `/Groups/${id}`, { body: patchBody(named) })
    return provision(ground, 'PATCH', `/Groups/${id}?attributes=displayName`, { body: patchBody(named) })
  },
  'scim.deleteGroup': async (ground) => provision(ground, 'DELETE', `/Groups/${(await scimGroup(ground)).id}`),
}

/** What identity providers speak (RFC 7644). */
export const protocolWalks: Walks = {
  ...userWalks,
  ...groupWalks,
  'scim.providerConfig': read('/ServiceProviderConfig'),
  'scim.resourceTypes': read('/ResourceTypes'),
  'scim.resourceType': read('/ResourceTypes/Group'),
  'scim.schemas': read('/Schemas'),
  'scim.schema': read('/Schemas/urn:ietf:params:scim:schemas:core:2.0:User'),
  'scim.search': (ground) => provision(ground, 'POST', '/.search', { body: searchBody('meta.created pr') }),
  'scim.bulk': (ground) => {
    const added = { method: 'POST', path: '/Users', bulkId: 'a', data: userBody(ground) }
    const group = { method: 'POST', path: '/Groups', bulkId: 'b', data: groupBody(ground, 'bulkId:a') }
    const refused = { method: 'DELETE', path: '/Users/nobody' }
    return provision(ground, 'POST', '/Bulk', { body: bulkBody(added, group, refused) })
  },
  'scim.me': async (ground) => {
    const { id: principal_id } = await scimUser(ground)
    const { secret } = await ground.as('acme_owner').get('keys.create', { body: { principal_id, name: 'own' } })
    return fetch(`${ground.url}/scim/v2/Me`, { headers: { authorization: `Bearer ${secret}` } })
  },
}

const connection = (ground: WalkGround) =>
  ground.as('acme_owner').get('scim.createConnection', { body: { name: ground.slug() } })

const token = async (ground: WalkGround) => {
  const { id } = await connection(ground)
  return ground.as('acme_owner').get('scim.createToken', { params: { id }, body: { name: 'first' } })
}

/** Connections of identity providers, as administrators see them. */
export const connectionWalks: Walks = {
  'scim.listConnections': (ground) => ground.as('acme_owner').get('scim.listConnections', {}),
  'scim.createConnection': connection,
  'scim.showConnection': async (ground) => {
    const { id } = await connection(ground)
    return ground.as('acme_owner').get('scim.showConnection', { params: { id } })
  },
  'scim.updateConnection': async (ground) => {
    const { id, version } = await connection(ground)
    return ground.as('acme_owner').get('scim.updateConnection', { params: { id }, body: { version, enabled: false } })
  },
  'scim.listTokens': async (ground) => {
    const { connection_id: id } = await token(ground)
    return ground.as('acme_owner').get('scim.listTokens', { params: { id } })
  },
  'scim.createToken': token,
  'scim.revokeToken': async (ground) => {
    const { id } = await token(ground)
    return ground.as('acme_owner').get('scim.revokeToken', { params: { id } })
  },
  'scim.listLog': (ground) => ground.as('acme_owner').get('scim.listLog', {}),
  'scim.showLog': async (ground) => {
    await scimUser(ground)
    const entry = await ground.found(async () => {
      const { items } = await ground.as('acme_owner').get('scim.listLog', {})
      if (!items[0]) throw new Error('the log is empty yet')
      return items[0]
    })
    return ground.as('acme_owner').get('scim.showLog', { params: { id: entry.id } })
  },
}
