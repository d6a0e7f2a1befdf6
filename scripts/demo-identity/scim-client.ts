const SCHEMAS = 'urn:ietf:params:scim:schemas:core:2.0'
const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0'
const AT_ONCE = 4

/** What the service answered. */
export interface ScimAnswer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: Record<string, unknown>
}

/** One operation of a bulk request (RFC 7644, section 3.7). */
export interface BulkOperation {
  readonly method: 'POST'
  readonly path: '/Users' | '/Groups'
  readonly bulkId: string
  readonly data: object
}

/** The resource of a person, as a directory sends it. */
export const userResource = (person: {
  readonly email: string
  readonly givenName: string
  readonly familyName: string
}) => ({
  schemas: [`${SCHEMAS}:User`],
  userName: person.email,
  name: { givenName: person.givenName, familyName: person.familyName },
  emails: [{ value: person.email, type: 'work', primary: true }],
  active: true,
})

/** The resource of a group with these members. */
export const groupResource = (displayName: string, members: readonly string[]) => ({
  ...{ schemas: [`${SCHEMAS}:Group`], displayName },
  members: members.map((value) => ({ value })),
})

/** The directory as it speaks to the service: SCIM 2.0 by one token. */
export class ScimClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async ask(method: string, path: string, body?: object): Promise<ScimAnswer> {
    const response = await fetch(`${this.url}/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/scim+json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const said = await response.text()
    const answered = said === '' ? {} : (JSON.parse(said) as Record<string, unknown>)
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: answered }
  }

  patch(path: string, ...Operations: readonly object[]): Promise<ScimAnswer> {
    return this.ask('PATCH', path, { schemas: [`${MESSAGES}:PatchOp`], Operations })
  }

  /** Takes somebody's access away, as directories do when somebody leaves. */
  deactivate(id: string): Promise<ScimAnswer> {
    return this.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })
  }

  /** The same for many, a few at once; answers in the order of `ids`. */
  async deactivateAll(ids: readonly string[]): Promise<ScimAnswer[]> {
    const answers: ScimAnswer[] = []
    let next = 0
    const line = async (): Promise<void> => {
      // oxlint-disable-next-line no-await-in-loop -- A few lines, each one after the other.
      for (let at = next++; at < ids.length; at = next++) answers[at] = await this.deactivate(ids[at]!)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, line))
    return answers
  }

  bulk(Operations: readonly BulkOperation[]): Promise<ScimAnswer> {
    return this.ask('POST', '/Bulk', { schemas: [`${MESSAGES}:BulkRequest`], Operations })
  }

  /** How many resources fit a filter, and the first of them. */
  async find(path: '/Users' | '/Groups', filter: string): Promise<{ total: number; first: string | undefined }> {
    const { body } = await this.ask('GET', `${path}?filter=${encodeURIComponent(filter)}&count=1`)
    const [first] = (body['Resources'] as { id: string }[] | undefined) ?? []
    return { total: Number(body['totalResults']), first: first?.id }
  }
}
