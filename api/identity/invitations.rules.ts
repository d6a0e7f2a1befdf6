import type { Invitation, InvitationSent } from '#contract/api/invitations.js'
import { problem } from '#contract/problems.js'
import type { Scope } from '#contract/scopes.js'
import type { Caller } from '../platform/http/caller.js'
import { scopesBeyond, scopesBeyondIn, scopesInWorkspace } from './scopes.rules.js'

const DAY_MS = 86_400_000
const USUAL_DAYS = 7
const MOST_DAYS = 30

/** When an invitation ends, in seven days where nothing is said. Raises `request.invalid` past thirty, or in the past. */
export const invitationEnd = (said: string | undefined, now: number): Date => {
  const end = said === undefined ? now + USUAL_DAYS * DAY_MS : Date.parse(said)
  if (end > now && end <= now + MOST_DAYS * DAY_MS) return new Date(end)
  throw problem('request.invalid', {
    errors: [{ pointer: '/expires_at', detail: `must lie in the future, within ${MOST_DAYS} days` }],
  })
}

/** What an invitation gives: in the whole organisation, and within single workspaces. */
interface Given extends Pick<Invitation, 'in_workspaces'> {
  readonly scopes: readonly Scope[]
}
/** What whoever invites has. */
interface Has {
  readonly scopes: readonly Scope[]
  readonly inWorkspaces: NonNullable<Caller['inWorkspaces']>
}

/**
 * What an invitation gives that whoever invites lacks, in the organisation or in a workspace that it names: there they say who
 * has which role, as if they gave it to somebody who is here.
 */
export const beyondInviter = (given: Given, has: Has): Scope[] => [
  ...new Set([
    ...scopesBeyond(given.scopes, has.scopes),
    ...given.in_workspaces.flatMap(({ workspace_id, roles }) =>
      scopesBeyondIn(workspace_id, ['workspace_members:write', ...scopesInWorkspace(roles)], has),
    ),
  ]),
]

export type AcceptBy = InvitationSent['accept_by']

/** How somebody may come in: by a provider, by passwords, or by the token of their invitation where there is no provider. */
export const acceptBy = ({ provider, passwords }: { provider: boolean; passwords: boolean }): AcceptBy => {
  if (!provider) return 'token'
  return passwords ? 'password' : 'sign_in'
}

interface Ways {
  readonly token: string
  readonly by: AcceptBy
  /** Where they choose a password; null where they may not, or nobody knows where that is. */
  readonly page: string | null
}

/** What is written to whoever is invited. */
export const invitationMail = (
  { id, version, expires_at }: Pick<Invitation, 'id' | 'version' | 'expires_at'>,
  organisation: { readonly name: string; readonly slug: string },
  ways: Ways,
) => ({
  id: `${id}.${version}`,
  subject: `Join ${organisation.name} on Gatehouse`,
  text: [
    `You are invited to join ${organisation.name}, until ${expires_at}.`,
    '',
    ...howToJoin(organisation.slug, ways),
    '',
  ].join('\n'),
})

const howToJoin = (slug: string, { token, by, page }: Ways): string[] => {
  const signIn = ['Sign in with this address:', '', `  gatehouse login --tenant ${slug}`]
  if (by === 'sign_in') return signIn
  if (page !== null) {
    const choose = ['Choose a password here, which counts once:', '', `  ${page}`]
    return by === 'password' ? [...choose, '', 'Or, by your identity provider:', '', ...signIn] : choose
  }
  if (by === 'password') return signIn
  return ['Join with this token, which counts once:', '', `  gatehouse invitations accept --token ${token}`]
}
