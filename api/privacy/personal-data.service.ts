import { Injectable } from '@nestjs/common'
import type { Person } from '#contract/api/identity.js'
import type { PersonalData } from '#contract/api/privacy.js'
import { problem } from '#contract/problems.js'
import { findPerson } from '../identity/people.repository.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { listLog } from '../scim/provisioning/log.repository.js'
import { AccessReviews } from './access-review.service.js'
import { Audit } from './audit.service.js'
import { decisionsOf, readOwnRows } from './personal-data.repository.js'

const MOST = 10_000
const MOST_LOGGED = 1_000

/** All that is kept of a person, in one document. */
@Injectable()
export class PersonalDataExports {
  constructor(
    private readonly database: Database,
    private readonly reviews: AccessReviews,
    private readonly audit: Audit,
  ) {}

  /** What is kept of somebody whom the caller can see. Raises `not_found`. */
  async of(caller: Caller, id: string): Promise<PersonalData> {
    const person = await this.database.read(scopeOf(caller), (tx) => findPerson(tx, id))
    if (!person) throw problem('not_found')
    return this.whole(caller, person)
  }

  /** What is kept of the caller. Raises `auth.required` for somebody who is nobody of ours. */
  own(caller: Caller): Promise<PersonalData> {
    if (caller.principalId === null) throw problem('auth.required')
    return this.of(caller, caller.principalId)
  }

  private async whole(caller: Caller, profile: Person): Promise<PersonalData> {
    const { id, tenant_id, pseudonym } = profile
    const read = await this.database.inScope(scopeOf(caller), async (tx) => ({
      rows: await readOwnRows(tx, profile),
      decisions: await decisionsOf(tx, pseudonym, MOST + 1),
      logged: await listLog(tx, { limit: MOST_LOGGED, resource_id: id }, { rows: MOST_LOGGED + 1, before: null }),
    }))
    const { entries, more } = await this.audit.newest(caller, { person: id }, MOST)
    return {
      ...{ at: new Date().toISOString(), profile, ...read.rows },
      roles: await this.reviews.rolesOf(caller, { tenantId: tenant_id, principalId: id }),
      decisions: read.decisions.slice(0, MOST),
      audit: entries,
      provisioning: read.logged.slice(0, MOST_LOGGED),
      more: more || read.decisions.length > MOST || read.logged.length > MOST_LOGGED,
    }
  }
}
