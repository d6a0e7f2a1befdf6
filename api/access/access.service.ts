import { Injectable } from '@nestjs/common'
import { actionEntry } from '#contract/actions.js'
import type { AccessAnswer, AccessQuestion, WhoCanAnswer, WhoCanQuestion } from '#contract/api/access.js'
import type { Person } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { People } from '../identity/people.service.js'
import type { ActorFacts, Caller } from '../platform/http/caller.js'
import { rolesGiving, saidOf, scopeOf, undecidedBy, type RolesWhere } from './answer.rules.js'
import { CustomRoles } from './custom-roles.js'
import { Rehearsals, type Ending } from './rehearsals.service.js'
import { requestOf, type AskedRequest } from './request.rules.js'

const named = ({ id, name, pseudonym }: Person): AccessAnswer['person'] => ({ id, name, pseudonym })

/** What a disabled person gets for any request. */
const DISABLED: Ending = {
  problem: { title: 'This person is disabled', status: 401, code: 'auth.invalid' },
}

/** How long ago the sign-in was that is asked about. */
const SIGNED_IN_MS = 3_600_000

/** The person's facts by what they come with. */
const comingWith = (actor: ActorFacts, by: AccessQuestion['by']): ActorFacts => {
  if (by === 'key') return actor
  const fresh = by === 'fresh_session'
  const session = { acr: null, auth_time: Date.now() - (fresh ? 0 : SIGNED_IN_MS), second_factor: fresh }
  return { ...actor, step_up: fresh, session }
}

interface Asking {
  readonly asker: Caller
  readonly request: AskedRequest
  readonly by: AccessQuestion['by']
}

/** The workspace that the gate was asked about; null where it was about none. */
const workspaceOf = (ending: Ending): string | null =>
  'gate' in ending ? ending.gate.weighed.entry.workspace_id : null

type Allowed = Pick<WhoCanAnswer['items'][number], 'outcome' | 'rules'> & {
  readonly holder: Person
  readonly inWorkspace: RolesWhere | null
}

/** Answers who may do what, by rehearsing the request: the same facts, the same policy, nothing done. */
@Injectable()
export class Access {
  constructor(
    private readonly people: People,
    private readonly callers: Callers,
    private readonly rehearsals: Rehearsals,
    private readonly roles: CustomRoles,
  ) {}

  /** What would come of a person's request. Raises `not_found` for a person that the asker cannot see, and `request.invalid`. */
  async explain(asker: Caller, question: AccessQuestion): Promise<AccessAnswer> {
    const person = await this.people.find(asker, question.person)
    if (!person) throw problem('not_found')
    const workspaceId = await this.roles.workspaceId(asker, person.tenant_id, question.workspace)
    const request = requestOf({ ...question, workspaceId })
    const ending = await this.rehearse(person, { asker, request, by: question.by })
    const { endpoint, method, path } = request
    const decided_as = 'gate' in ending ? ending.gate.action : null
    const holder = await this.roles.withGroups(asker, person)
    return {
      ...{ person: named(person), action: question.action, decided_as, request: { endpoint, method, path } },
      ...saidOf(ending),
      scope: scopeOf(decided_as ?? question.action, {
        person: holder,
        custom: await this.roles.of(asker, [holder]),
        inWorkspace: await this.roles.where(asker, holder, 'gate' in ending ? workspaceOf(ending) : workspaceId),
      }),
    }
  }

  /**
   * Those on a page of people who may. Each is asked about by themselves, since facts and an organisation's own policy can
   * tell apart any two. Raises `request.invalid`.
   */
  async whoCan(asker: Caller, question: WhoCanQuestion): Promise<WhoCanAnswer> {
    const { limit, cursor, tenant_id = asker.tenantId ?? undefined } = question
    const workspaceId = await this.roles.workspaceId(asker, tenant_id ?? null, question.workspace)
    const request = requestOf({ ...question, workspaceId })
    const page = await this.people.list(asker, { limit, ...(cursor && { cursor }), ...(tenant_id && { tenant_id }) })
    const { scope } = actionEntry(question.action)
    const allowed: Allowed[] = []
    const problems: NonNullable<AccessAnswer['problem']>[] = []
    for (const person of page.items) {
      const ending = await this.rehearse(person, { asker, request, by: question.by })
      const { outcome, rules, problem: ended } = saidOf(ending)
      // Whoever is disabled may do nothing, whatever the request would come to.
      if (ended !== null && ending !== DISABLED) problems.push(ended)
      if (outcome !== 'allow' && outcome !== 'hold') continue
      const inWorkspace = await this.roles.where(asker, person, workspaceOf(ending))
      allowed.push({ holder: await this.roles.withGroups(asker, person), inWorkspace, outcome, rules })
    }
    const holders = allowed.map(({ holder }) => holder)
    const custom = await this.roles.of(asker, holders)
    const items = allowed.map(({ holder, inWorkspace, outcome, rules }) => {
      const by = scope === null ? [] : rolesGiving(scope, { person: holder, custom, inWorkspace })
      return { person: named(holder), outcome, rules, by }
    })
    return { items, next_cursor: page.next_cursor, asked: page.items.length, undecided: undecidedBy(problems) }
  }

  private async rehearse({ pseudonym }: Person, { asker, request, by }: Asking): Promise<Ending> {
    const caller = await this.callers.callerOf(pseudonym, asker.correlationId)
    if (!caller) return DISABLED
    const { correlationId, ...known } = caller
    return this.rehearsals.of({ ...known, actor: comingWith(known.actor, by) }, request, correlationId)
  }
}
