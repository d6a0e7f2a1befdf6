import { actionEntry, type Action } from '#contract/actions.js'
import type { AccessAnswer, GrantingRole, WhoCanAnswer } from '#contract/api/access.js'
import type { Person } from '#contract/api/identity.js'
import { ROLE_IDS, ROLES, WORKSPACE_ROLES, type Scope, type WorkspaceRole } from '#contract/scopes.js'
import { unavailableReason } from '../gate/reasons.rules.js'
import type { Rehearsed } from '../gate/rehearsed.js'
import type { Ending } from './rehearsals.service.js'

type Said = Pick<
  AccessAnswer,
  'outcome' | 'decided_by' | 'cause' | 'hidden' | 'rules' | 'reasons' | 'obligations' | 'revision' | 'problem'
>

const UNASKED: Said = {
  ...{ outcome: 'not_decided', decided_by: null, cause: null, hidden: false, rules: [], reasons: [] },
  ...{ obligations: [], revision: null, problem: null },
}

const ofGate = ({ weighed: { outcome, entry } }: Rehearsed): Said => {
  const base = {
    ...{ ...UNASKED, outcome: outcome.kind, decided_by: outcome.decidedBy, revision: outcome.bundleRevision },
    rules: [...entry.rules],
  }
  switch (outcome.kind) {
    case 'allow':
      return { ...base, obligations: outcome.obligations }
    case 'hold':
      return { ...base, reasons: [...outcome.reasons] }
    case 'deny':
      return { ...base, hidden: outcome.hidden, reasons: [...outcome.reasons] }
    case 'unavailable':
      return { ...base, cause: outcome.cause, reasons: [unavailableReason(outcome.cause)] }
  }
}

/** What a rehearsal came to, in the words of the API. */
export const saidOf = (ending: Ending): Said => {
  if ('gate' in ending) return ofGate(ending.gate)
  const { status, code, title, detail, errors = [] } = ending.problem
  const fields = errors.map((error) => `${error.pointer} ${error.detail}`).join('; ')
  return { ...UNASKED, problem: { status, code, detail: fields || (detail ?? title) } }
}

type Problem = NonNullable<Said['problem']>

/** Problems by which requests ended before the gate was asked, each once, with how many people's it ended. */
export const undecidedBy = (problems: readonly Problem[]): WhoCanAnswer['undecided'] => {
  const counted = new Map<string, Problem & { people: number }>()
  for (const each of problems) {
    const kind = JSON.stringify([each.status, each.code, each.detail])
    counted.set(kind, { ...each, people: (counted.get(kind)?.people ?? 0) + 1 })
  }
  return [...counted.values()]
}

/** What a custom role gives now, by name. */
export type CustomRoleScopes = ReadonlyMap<string, readonly Scope[]>

/** What counts for a scope: the person's roles in the organisation, what its own give, and roles where the request acts. */
export interface Holding {
  readonly person: Pick<Person, 'roles' | 'custom_roles'>
  readonly custom: CustomRoleScopes
  readonly inWorkspace: RolesWhere | null
}
/** Roles that somebody holds in the workspace that a request is about. */
export interface RolesWhere {
  readonly id: string
  readonly roles: readonly WorkspaceRole[]
}

/** The roles by which a person has a scope. */
export const rolesGiving = (scope: Scope, { person, custom, inWorkspace }: Holding): GrantingRole[] => [
  ...person.roles
    .filter((role) => (ROLES[role] as readonly Scope[]).includes(scope))
    .map((role) => ({ role, custom: false, workspace: null })),
  ...person.custom_roles
    .filter((role) => custom.get(role)?.includes(scope))
    .map((role) => ({ role, custom: true, workspace: null })),
  ...(inWorkspace?.roles ?? [])
    .filter((role) => (WORKSPACE_ROLES[role] as readonly Scope[]).includes(scope))
    .map((role) => ({ role, custom: false, workspace: inWorkspace!.id })),
]

/** The scope of an action, and by what a person has it. */
export const scopeOf = (action: Action, holding: Holding): AccessAnswer['scope'] => {
  const { scope: required } = actionEntry(action)
  if (required === null) return null
  const by = rolesGiving(required, holding)
  const given_by = ROLE_IDS.filter((role) => (ROLES[role] as readonly Scope[]).includes(required))
  return { required, held: by.length > 0, by, given_by }
}
