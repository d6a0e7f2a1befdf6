import { shown } from '../../demo/step.js'
import type { WalkGround } from './walk-ground.js'

const SCIM_TYPE = 'application/scim+json'
const schema = (name: string): string => `urn:ietf:params:scim:schemas:core:2.0:${name}`
const message = (name: string): string => `urn:ietf:params:scim:api:messages:2.0:${name}`

/** A resource as SCIM answers it. */
export interface ScimThing {
  readonly id: string
  readonly meta: { readonly version: string }
}

interface Asking {
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly type?: string
}

/** A connection of Acme's with a token; the same each time. */
const connected = (ground: WalkGround) =>
  ground.once('scim connection', async () => {
    const owner = ground.as('acme_owner')
    const { id } = await owner.get('scim.createConnection', { body: { name: ground.slug() } })
    const { secret } = await owner.get('scim.createToken', { params: { id }, body: { name: 'first' } })
    return { id, secret }
  })

/** One request of an identity provider; shows that it was answered with success, or that nothing changed. */
export const provision = async (
  ground: WalkGround,
  method: string,
  path: string,
  { body, headers, type = SCIM_TYPE }: Asking = {},
): Promise<Response> => {
  const { secret } = await connected(ground)
  const response = await fetch(`${ground.url}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, ...(body && { 'content-type': type }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok && response.status !== 304)
    shown(false, `${method} ${path} is answered`, [response.status, await response.text()])
  return response
}

const thing = async (response: Promise<Response>): Promise<ScimThing> => (await (await response).json()) as ScimThing

export const userBody = (ground: WalkGround): object => ({
  ...{ schemas: [schema('User')], userName: `${ground.slug()}@scim.example` },
  name: { givenName: 'Walks', familyName: 'Through' },
})

/** Somebody new. */
export const scimUser = (ground: WalkGround): Promise<ScimThing> =>
  thing(provision(ground, 'POST', '/Users', { body: userBody(ground) }))

export const groupBody = (ground: WalkGround, member: string): object => ({
  ...{ schemas: [schema('Group')], displayName: ground.slug(), members: [{ value: member }] },
})

/** A new group of somebody new. */
export const scimGroup = async (ground: WalkGround): Promise<ScimThing> => {
  const { id } = await scimUser(ground)
  return thing(provision(ground, 'POST', '/Groups', { body: groupBody(ground, id) }))
}

export const patchBody = (...operations: readonly object[]): object => ({
  ...{ schemas: [message('PatchOp')], Operations: operations },
})
export const searchBody = (filter: string): object => ({ schemas: [message('SearchRequest')], filter })
export const bulkBody = (...operations: readonly object[]): object => ({
  ...{ schemas: [message('BulkRequest')], Operations: operations },
})
