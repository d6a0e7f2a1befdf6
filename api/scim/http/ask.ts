import type { FastifyRequest } from 'fastify'
import type { ScimOperation } from '#contract/vocabulary.js'
import { QUIRKS, type Quirks } from '../protocol/quirks.js'
import type { ResourceDefinition } from '../protocol/schemas/definition.js'
import type { Asked, ScimCaller } from '../provisioning/change.js'
import { usersBy } from '../schemas/schemas.rules.js'

/** One request of an identity provider as the services below take it. */
export interface Ask {
  readonly caller: ScimCaller
  /** Address of the service up to /scim/v2. */
  readonly base: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, unknown>>
  readonly ifMatch: string | undefined
  readonly ifNoneMatch: string | undefined
}

/** Takes a request over. */
export const askOf = (
  { caller, base }: Pick<Ask, 'caller' | 'base'>,
  { method, url, query, headers }: Pick<FastifyRequest, 'method' | 'url' | 'query' | 'headers'>,
): Ask => ({
  ...{ caller, base, method, path: url.split('?', 1)[0] ?? '', query: query as Ask['query'] },
  ...{ ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] },
})

/** What the connection's client may spell in its own way. */
export const quirksOf = ({ caller }: Pick<Ask, 'caller'>): Quirks => QUIRKS[caller.scim.quirks]

/** What people are, as the connection's organisation laid down. */
export const usersOf = ({ caller }: Pick<Ask, 'caller'>): ResourceDefinition => usersBy(caller.scim.schemas)

/** What is asked of policy, and logged. */
export const asked = (
  { caller, method, path }: Pick<Ask, 'caller' | 'method' | 'path'>,
  operation: ScimOperation,
  about: Pick<Asked, 'resource' | 'resourceId' | 'status'>,
): Asked => ({ caller, method, path, operation, count: 1, ...about })
