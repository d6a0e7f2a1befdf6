import type { Pseudonyms } from '../../identity/pseudonyms.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { resourceAnswer, ScimAnswer, unchanged } from '../http/answer.js'
import { asked, quirksOf, usersOf, type Ask } from '../http/ask.js'
import { isUuid } from '../http/ids.rules.js'
import { isKnown } from '../http/preconditions.rules.js'
import { readReplacement } from '../protocol/immutable.js'
import { applyPatch } from '../protocol/patch/apply.js'
import { readOperations } from '../protocol/patch/operations.js'
import { project, projectionOf, wants, type Projection } from '../protocol/projection.js'
import { readResource } from '../protocol/read-resource.js'
import type { ResourceDefinition } from '../protocol/schemas/definition.js'
import { attributeNamed, USERS } from '../protocol/schemas/resources.js'
import { refuse, ScimError } from '../protocol/scim-error.js'
import type { Change } from '../provisioning/change.js'
import type { Provisioning } from '../provisioning/provisioning.service.js'
import { list, listBody, type Listed } from '../query/lists.js'
import { namesIn, type ListRequest } from '../query/list-request.rules.js'
import { findSchemas } from '../schemas/schemas.repository.js'
import { usersBy } from '../schemas/schemas.rules.js'
import { changeUser, heldUser, noUser, removeUser } from './changed-users.js'
import { adoptUser, createUsers, wantedUser } from './new-users.js'
import { USER_LAYOUT } from './user-layout.js'
import { changeable, contentOf, userOf, type UserContent, type UserRow } from './user-row.rules.js'
import { findUsers, userColumns, USERS_FROM } from './users.repository.js'

export interface UsersParts {
  readonly database: Database
  readonly provisioning: Provisioning
  readonly pseudonyms: Pseudonyms
}

const GROUPS = attributeNamed(USERS.core.attributes, 'groups')!

/** People as lists read them, as their organisation has them. */
export const listedUsers = (definition: ResourceDefinition): Listed<UserRow> => ({
  definition,
  layout: USER_LAYOUT,
  source: (projection) => ({
    ...{ table: 'scim_user', from: USERS_FROM, id: 's.principal_id' },
    columns: userColumns(wants(GROUPS, projection)),
  }),
  resource: (row, base) => userOf(row, base, definition),
})

/** Who reads one person, and how. */
export interface Reading extends Pick<Ask, 'base' | 'query' | 'ifNoneMatch'> {
  readonly tenantId: string
  readonly definition: ResourceDefinition
}

type Next = (row: UserRow) => UserContent

/** People as identity providers keep them (RFC 7643, section 4.1). */
export class ScimUsers {
  constructor(private readonly parts: UsersParts) {}

  /** People that fulfil a request. Raises `ScimError`. */
  async query({ caller, base }: Ask, request: ListRequest): Promise<ScimAnswer> {
    const { tenantId } = caller
    const found = await this.parts.database.inScope({ tenant: tenantId }, (tx) =>
      list(listedUsers(usersOf({ caller })), request, { tx, tenantId, base }),
    )
    return new ScimAnswer(200, listBody(found, request))
  }

  /** One person. Raises 404. */
  async read({ tenantId, definition, base, query, ifNoneMatch }: Reading, id: string): Promise<ScimAnswer> {
    const projection = projectionOf(namesIn(query), definition)
    const row = await this.find(tenantId, { id, groups: wants(GROUPS, projection) })
    const whole = userOf(row, base, definition)
    return isKnown(ifNoneMatch, (whole['meta'] as { version: string }).version)
      ? unchanged(whole)
      : resourceAnswer(200, whole, project(whole, definition, projection))
  }

  /** What somebody's organisation laid down that people have. */
  definitionIn(tenantId: string): Promise<ResourceDefinition> {
    return this.parts.database.inScope({ tenant: tenantId }, async (tx) => usersBy(await findSchemas(tx, tenantId)))
  }

  /** Adds somebody. Raises `ScimError` and what the gate refuses. */
  async create(ask: Ask, body: unknown): Promise<ScimAnswer> {
    const definition = usersOf(ask)
    const projection = projectionOf(namesIn(ask.query), definition)
    const about = { resource: 'User', resourceId: null, status: 201 } as const
    const row = await this.parts.provisioning.run(asked(ask, 'create', about), () => {
      const content = contentOf(readResource(body, definition, quirksOf(ask)))
      return (change) => this.add(change, content)
    })
    return this.answer(201, row, ask, projection)
  }

  /** Replaces what is known of somebody. Raises `ScimError` and what the gate refuses. */
  replace(ask: Ask, id: string, body: unknown): Promise<ScimAnswer> {
    return this.change(ask, id, { operation: 'replace', read: () => this.replaced(ask, body) })
  }

  /** Changes what is known of somebody. Raises `ScimError` and what the gate refuses. */
  patch(ask: Ask, id: string, body: unknown): Promise<ScimAnswer> {
    return this.change(ask, id, { operation: 'patch', read: () => this.patched(ask, body) })
  }

  /** Takes somebody away for good. Raises `ScimError` and what the gate refuses. */
  async remove(ask: Ask, id: string): Promise<ScimAnswer> {
    const about = { resource: 'User', resourceId: id.slice(0, 200), status: 204 } as const
    await this.parts.provisioning.run(asked(ask, 'delete', about), () => async (change) => {
      await removeUser(change, await heldUser(change, id, ask.ifMatch))
    })
    return new ScimAnswer(204)
  }

  /** Adds one person, or takes over who is here already where that is what was decided. */
  async add(change: Change, content: UserContent): Promise<UserRow> {
    if (change.asked.operation === 'adopt') return adoptUser(change, content)
    const [made] = await createUsers(change, [wantedUser(content)], this.parts.pseudonyms)
    if (made instanceof ScimError) throw made
    return made!
  }

  /** What a PUT makes of somebody. */
  replaced(ask: Pick<Ask, 'caller'>, body: unknown): Next {
    const replace = readReplacement(body, { definition: usersOf(ask), quirks: quirksOf(ask) })
    return (row) => contentOf(replace(changeable(row)))
  }

  /** What a PATCH makes of somebody. */
  patched(ask: Pick<Ask, 'caller'>, body: unknown): Next {
    const operations = readOperations(body)
    const means = { definition: usersOf(ask), quirks: quirksOf(ask) }
    return (row) => {
      const after = applyPatch(changeable(row), operations, means)
      if (after['active'] === undefined)
        throw refuse(
          'mutability',
          'active cannot be removed, since everybody is active or not: replace it by true or false',
        )
      return contentOf(after)
    }
  }

  private async change(
    ask: Ask,
    id: string,
    { operation, read }: { operation: 'replace' | 'patch'; read: () => Next },
  ): Promise<ScimAnswer> {
    const projection = projectionOf(namesIn(ask.query), usersOf(ask))
    const about = { resource: 'User', resourceId: id.slice(0, 200), status: 200 } as const
    const row = await this.parts.provisioning.run(asked(ask, operation, about), () => {
      const next = read()
      return async (change) => {
        const held = await heldUser(change, id, ask.ifMatch)
        return changeUser(change, held, next(held))
      }
    })
    return this.answer(200, row, ask, projection)
  }

  private async find(tenantId: string, { id, groups }: { id: string; groups: boolean }): Promise<UserRow> {
    if (!isUuid(id)) throw noUser(id)
    const [row] = await this.parts.database.inScope({ tenant: tenantId }, (tx) =>
      findUsers(tx, { tenantId, ids: [id], groups }),
    )
    if (!row) throw noUser(id)
    return row
  }

  private answer(status: number, row: UserRow, ask: Ask, projection: Projection): ScimAnswer {
    const definition = usersOf(ask)
    const whole = userOf(row, ask.base, definition)
    return resourceAnswer(status, whole, project(whole, definition, projection))
  }
}
