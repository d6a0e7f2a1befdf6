/** Who asks: the provider by its token, the owner of the organisation, the person by a key of theirs, or somebody with no token. */
type As = 'provider' | 'owner' | 'person' | 'stranger'

/** One request; its path lies below /scim/v2 unless it begins with /v1. */
export interface Ask {
  readonly method: string
  readonly path: string
  readonly body?: object
  readonly as?: As
}

/** What an answer must be: of the body what is named (`differences`). */
export interface Answer {
  readonly status: number
  readonly body?: unknown
}

/** Ids and the like that earlier answers gave, by name. */
export type Kept = Readonly<Record<string, string>>

/** One request of a conversation and what it must be answered. */
export interface Turn {
  readonly name: string
  readonly ask: (kept: Kept) => Ask
  readonly answer: (kept: Kept) => Answer
  /** What is kept of the answer, by name. */
  readonly keep?: Readonly<Record<string, (body: Record<string, unknown>, kept: Kept) => unknown>>
}

export const get = (path: string): Ask => ({ method: 'GET', path })
export const remove = (path: string): Ask => ({ method: 'DELETE', path })
export const post = (path: string, body: object): Ask => ({ method: 'POST', path, body })
export const put = (path: string, body: object): Ask => ({ method: 'PUT', path, body })
export const patch = (path: string, ...Operations: readonly object[]): Ask => ({
  ...{ method: 'PATCH', path },
  body: { schemas: [PATCH_OP], Operations },
})
/** The same request of somebody else. */
export const by = (as: As, ask: Ask): Ask => ({ ...ask, as })
/** The id of what was answered. */
export const idOf = ({ id }: Record<string, unknown>): unknown => id
/** A path with a filter, as clients send it. */
export const filtered = (path: string, filter: string, more = ''): string =>
  `${path}?filter=${encodeURIComponent(filter)}${more}`

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** A list with these entries. */
export const listed = (...Resources: readonly object[]): Answer => ({
  status: 200,
  body: { schemas: [LIST], totalResults: Resources.length, itemsPerPage: Resources.length, startIndex: 1, Resources },
})
/** A refusal in the words of RFC 7644, section 3.12. */
export const refusal = (status: number, more: object = {}): Answer => ({
  status,
  body: { schemas: [ERROR], status: String(status), detail: /\S/, ...more },
})
