import type { Database } from '../../platform/database/database.service.js'
import { resourceAnswer, ScimAnswer, unchanged } from '../http/answer.js'
import { asked, quirksOf, type Ask } from '../http/ask.js'
import { isUuid } from '../http/ids.rules.js'
import { isKnown } from '../http/preconditions.rules.js'
import { readReplacement } from '../protocol/immutable.js'
import { applyPatch } from '../protocol/patch/apply.js'
import { splitMembers } from '../protocol/patch/members.js'
import { readOperations } from '../protocol/patch/operations.js'
import { project, projectionOf, wants, type Projection } from '../protocol/projection.js'
import { readResource, type Resource } from '../protocol/read-resource.js'
import { attributeNamed, GROUPS } from '../protocol/schemas/resources.js'
import type { Change } from '../provisioning/change.js'
import type { Provisioning } from '../provisioning/provisioning.service.js'
import { list, listBody, type Listed } from '../query/lists.js'
import { namesIn, type ListRequest } from '../query/list-request.rules.js'
import { GROUP_LAYOUT } from './group-layout.js'
import {
  changeableGroup,
  groupContentOf,
  groupOf,
  memberIdsOf,
  type GroupContent,
  type GroupRow,
} from './group-row.rules.js'
import { changeGroup, createGroup, heldGroup, noGroup, removeGroup, type GroupChange } from './group-writes.js'
import { findGroup, groupColumns } from './groups.repository.js'

export interface GroupsParts {
  readonly database: Database
  readonly provisioning: Provisioning
}

const MEMBERS = attributeNamed(GROUPS.core.attributes, 'members')!

/** Groups as lists read them. */
export const LISTED_GROUPS: Listed<GroupRow> = {
  definition: GROUPS,
  layout: GROUP_LAYOUT,
  source: (projection) => ({
    ...{ table: 'scim_group', from: 'scim_group s', id: 's.id' },
    columns: groupColumns(wants(MEMBERS, projection)),
  }),
  resource: groupOf,
}

type Next = (row: GroupRow) => Omit<GroupChange, 'row'>

/** Groups as identity providers keep them (RFC 7643, section 4.2). */
export class ScimGroups {
  constructor(private readonly parts: GroupsParts) {}

  /** Groups that fulfil a request. Raises `ScimError`. */
  async query({ caller, base }: Ask, request: ListRequest): Promise<ScimAnswer> {
    const { tenantId } = caller
    const found = await this.parts.database.inScope({ tenant: tenantId }, (tx) =>
      list(LISTED_GROUPS, request, { tx, tenantId, base }),
    )
    return new ScimAnswer(200, listBody(found, request))
  }

  /** One group. Raises 404. */
  async read(ask: Ask, id: string): Promise<ScimAnswer> {
    const projection = projectionOf(namesIn(ask.query), GROUPS)
    const whole = await this.find(ask, id, projection)
    return isKnown(ask.ifNoneMatch, (whole['meta'] as { version: string }).version)
      ? unchanged(whole)
      : resourceAnswer(200, whole, project(whole, GROUPS, projection))
  }

  /** Adds a group. Raises `ScimError` and what the gate refuses. */
  async create(ask: Ask, body: unknown): Promise<ScimAnswer> {
    const projection = projectionOf(namesIn(ask.query), GROUPS)
    const about = { resource: 'Group', resourceId: null, status: 201 } as const
    const row = await this.parts.provisioning.run(asked(ask, 'create', about), () => {
      const wanted = this.wanted(ask, body)
      return async (change) => this.seen(change, await createGroup(change, wanted), projection)
    })
    return this.answer(201, row, ask, projection)
  }

  /** Replaces a group with its members. Raises `ScimError` and what the gate refuses. */
  async replace(ask: Ask, id: string, body: unknown): Promise<ScimAnswer> {
    const projection = projectionOf(namesIn(ask.query), GROUPS)
    const about = { resource: 'Group', resourceId: id.slice(0, 200), status: 200 } as const
    const row = await this.parts.provisioning.run(asked(ask, 'replace', about), () => {
      const next = this.replaced(ask, body)
      return async (change) => {
        await this.change(change, { id, ifMatch: ask.ifMatch, next })
        return this.seen(change, id, projection)
      }
    })
    return this.answer(200, row, ask, projection)
  }

  /**
   * Changes a group. Answers 204, since nobody wants fifty thousand members back, unless attributes are asked for
   * (RFC 7644, section 3.5.2). Raises `ScimError` and what the gate refuses.
   */
  async patch(ask: Ask, id: string, body: unknown): Promise<ScimAnswer> {
    const names = namesIn(ask.query)
    const projection = projectionOf(names, GROUPS)
    const isAsked = names.attributes !== undefined || names.excludedAttributes !== undefined
    const about = { resource: 'Group', resourceId: id.slice(0, 200), status: isAsked ? 200 : 204 } as const
    const row = await this.parts.provisioning.run(asked(ask, 'patch', about), () => {
      const next = this.patched(ask, body)
      return async (change) => {
        await this.change(change, { id, ifMatch: ask.ifMatch, next })
        return isAsked ? this.seen(change, id, projection) : undefined
      }
    })
    return row ? this.answer(200, row, ask, projection) : new ScimAnswer(204)
  }

  /** Takes a group away. Raises `ScimError` and what the gate refuses. */
  async remove(ask: Ask, id: string): Promise<ScimAnswer> {
    const about = { resource: 'Group', resourceId: id.slice(0, 200), status: 204 } as const
    await this.parts.provisioning.run(asked(ask, 'delete', about), () => async (change) => {
      await removeGroup(change, await heldGroup(change, id, ask.ifMatch))
    })
    return new ScimAnswer(204)
  }

  /** A group that is to be added. */
  wanted(ask: Pick<Ask, 'caller'>, body: unknown): { content: GroupContent; members: string[] } {
    const resource = readResource(body, GROUPS, quirksOf(ask))
    return { content: groupContentOf(resource), members: memberIdsOf(resource) }
  }

  /** What a PUT makes of a group. */
  replaced(ask: Pick<Ask, 'caller'>, body: unknown): Next {
    const replace = readReplacement(body, { definition: GROUPS, quirks: quirksOf(ask) })
    return (row) => {
      const after = replace(changeableGroup(row))
      return { content: groupContentOf(after), steps: [{ kind: 'replace', ids: memberIdsOf(after) }] }
    }
  }

  /** What a PATCH makes of a group. */
  patched(ask: Pick<Ask, 'caller'>, body: unknown): Next {
    const quirks = quirksOf(ask)
    const { steps, rest } = splitMembers(readOperations(body), quirks)
    return (row) => ({
      steps,
      content: groupContentOf(applyPatch(changeableGroup(row), rest, { definition: GROUPS, quirks })),
    })
  }

  /** Changes a group within a request. */
  async change(
    change: Change,
    { id, ifMatch, next }: { id: string; ifMatch: string | undefined; next: Next },
  ): Promise<void> {
    const row = await heldGroup(change, id, ifMatch)
    await changeGroup(change, { row, ...next(row) })
  }

  private async seen({ tx, caller }: Change, id: string, projection: Projection): Promise<GroupRow> {
    return (await findGroup(tx, { tenantId: caller.tenantId, id, members: wants(MEMBERS, projection) }))!
  }

  private async find({ caller, base }: Ask, id: string, projection: Projection): Promise<Resource> {
    const { tenantId } = caller
    if (!isUuid(id)) throw noGroup(id)
    const row = await this.parts.database.inScope({ tenant: tenantId }, (tx) =>
      findGroup(tx, { tenantId, id, members: wants(MEMBERS, projection) }),
    )
    if (!row) throw noGroup(id)
    return groupOf(row, base)
  }

  private answer(status: number, row: GroupRow, { base }: Ask, projection: Projection): ScimAnswer {
    const whole = groupOf(row, base)
    return resourceAnswer(status, whole, project(whole, GROUPS, projection))
  }
}
