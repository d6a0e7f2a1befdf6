import { testService, type TestService, type TestServiceOptions } from '../../testing/test-service.js'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'

/** What was answered. */
export interface Answered {
  readonly status: number
  readonly type: string | null
  readonly headers: Headers
  // oxlint-disable-next-line no-explicit-any -- A test looks at whatever came.
  readonly body: any
}

/** What a test may send besides method and path. */
export interface Sent {
  readonly body?: object
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly type?: string
  readonly url?: string
}

/** A connection with a token, and all that is asked by it. */
export interface Connection {
  readonly id: string
  readonly token: string
  ask(method: string, path: string, sent?: Sent): Promise<Answered>
  /** Adds somebody with this name and whatever else; the answer's body. */
  user(userName: string, more?: object): Promise<Answered['body']>
  group(displayName: string, members?: readonly string[]): Promise<Answered['body']>
  patch(path: string, ...operations: readonly object[]): Promise<Answered>
}

/** The service with connections of its demo organisations. */
export interface ScimWorld {
  readonly service: TestService
  connect(owner: string, parts?: object, token?: object): Promise<Connection>
  stop(): Promise<void>
}

export const userBody = (userName: string, more: object = {}) => ({ schemas: [USER], userName, ...more })
export const groupBody = (displayName: string, members: readonly string[] = []) => ({
  ...{ schemas: [GROUP], displayName },
  ...(members.length > 0 && { members: members.map((value) => ({ value })) }),
})
export const patchBody = (operations: readonly object[]) => ({ schemas: [PATCH], Operations: operations })
export const searchBody = (more: object) => ({ schemas: [SEARCH], ...more })
export const bulkBody = (operations: readonly object[], more: object = {}) => ({
  ...{ schemas: [BULK], Operations: operations },
  ...more,
})

const asking =
  (url: string, token: string) =>
  async (
    method: string,
    path: string,
    { body, text, headers = {}, type, url: other = url }: Sent = {},
  ): Promise<Answered> => {
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(`${other}/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(sent !== undefined && { 'content-type': type ?? 'application/scim+json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    })
    const said = await response.text()
    const answered = said === '' ? undefined : (JSON.parse(said) as unknown)
    return {
      ...{ status: response.status, type: response.headers.get('content-type') },
      ...{ headers: response.headers, body: answered },
    }
  }

/** Brings the service up. Some seconds; `stop()` after. */
export const scimWorld = async (options: TestServiceOptions = {}): Promise<ScimWorld> => {
  const service = await testService(options)
  let names = 0
  const made = async (as: string, path: string, body: object) => {
    const answer = await service.ask(as, 'POST', path, body)
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }
  return {
    service,
    stop: () => service.stop(),
    connect: async (owner, parts = {}, token = {}) => {
      const { id } = await made(owner, '/v1/scim/connections', { name: `Connection ${++names}`, ...parts })
      const { secret } = await made(owner, `/v1/scim/connections/${String(id)}/tokens`, { name: 'first', ...token })
      const ask = asking(service.url, String(secret))
      const added = async (path: string, body: object) => {
        const answer = await ask('POST', path, { body })
        if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
        return answer.body
      }
      return {
        ...{ id: String(id), token: String(secret), ask },
        user: (userName, more) => added('/Users', userBody(userName, more)),
        group: (displayName, members) => added('/Groups', groupBody(displayName, members)),
        patch: (path, ...operations) => ask('PATCH', path, { body: patchBody(operations) }),
      }
    },
  }
}
