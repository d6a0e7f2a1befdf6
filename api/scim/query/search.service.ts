import type { Database } from '../../platform/database/database.service.js'
import { LISTED_GROUPS } from '../groups/groups.service.js'
import { ScimAnswer } from '../http/answer.js'
import { usersOf, type Ask } from '../http/ask.js'
import { refuse, ScimError } from '../protocol/scim-error.js'
import type { UserRow } from '../users/user-row.rules.js'
import { listedUsers } from '../users/users.service.js'
import type { ListRequest } from './list-request.rules.js'
import { list, listBody, type ListAnswer, type Listed, type Place } from './lists.js'

const NOBODY: ListAnswer = { total: 0, resources: [], nextCursor: undefined }

/** A list of one kind; nobody where the filter or the order names what that kind does not have. */
const orNobody = async (listed: Promise<ListAnswer>): Promise<ListAnswer | ScimError> =>
  listed.catch((error: unknown) => {
    const isUnknown = error instanceof ScimError && ['invalidFilter', 'invalidPath'].includes(error.scimType ?? '')
    if (!isUnknown) throw error
    return error
  })

/** Finds people and groups in one list, people first (RFC 7644, section 3.4.3). */
export class ScimSearch {
  constructor(private readonly database: Pick<Database, 'inScope'>) {}

  /** Raises `ScimError`: a filter that neither kind understands among them. */
  async query({ caller, base }: Ask, request: ListRequest): Promise<ScimAnswer> {
    const users = listedUsers(usersOf({ caller }))
    if (request.cursor !== undefined)
      throw refuse(
        'invalidCursor',
        'People and groups are listed together by index: send startIndex, or ask for one kind',
      )
    const { tenantId } = caller
    const found = await this.database.inScope({ tenant: tenantId }, (tx) =>
      both(users, request, { tx, tenantId, base }),
    )
    return new ScimAnswer(200, listBody(found, request))
  }
}

const both = async (users: Listed<UserRow>, request: ListRequest, place: Place): Promise<ListAnswer> => {
  const people = await orNobody(list(users, request, place))
  const first = people instanceof ScimError ? NOBODY : people
  // What people leave of the page is for groups, which begin where people end.
  const count = request.count - first.resources.length
  const startIndex = Math.max(1, request.startIndex - first.total)
  const groups = await orNobody(list(LISTED_GROUPS, { ...request, count, startIndex }, place))
  if (people instanceof ScimError && groups instanceof ScimError) throw people
  const second = groups instanceof ScimError ? NOBODY : groups
  return {
    total: first.total + second.total,
    resources: [...first.resources, ...second.resources],
    nextCursor: undefined,
  }
}
