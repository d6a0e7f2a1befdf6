import type { Invitation } from '#contract/api/invitations.js'
import { problem } from '#contract/problems.js'
import type { Scope } from '#contract/scopes.js'
import type { Caller } from '../platform/http/caller.js'
import { scopesBeyond, scopesInWorkspace } from './scopes.rules.js'

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

/** What an invitation gives that whoever invites lacks, in the organisation or in a workspace that it names. */
export const beyondInviter = (given: Given, { scopes, inWorkspaces }: Has): Scope[] => [
  ...new Set([
    ...scopesBeyond(given.scopes, scopes),
    ...given.in_workspaces.flatMap(({ workspace_id, roles }) =>
      scopesBeyond(scopesInWorkspace(roles), [...scopes, ...(inWorkspaces[workspace_id]?.scopes ?? [])]),
    ),
  ]),
]

export type AcceptBy = 'sign_in' | 'token'

/** What is written to whoever is invited. `token` counts where they do not sign in by a provider; `passwords`: they may choose one. */
export const invitationMail = (
  { id, version, expires_at }: Pick<Invitation, 'id' | 'version' | 'expires_at'>,
  organisation: { readonly name: string; readonly slug: string },
  { token, by, passwords }: { readonly token: string; readonly by: AcceptBy; readonly passwords: boolean },
) => ({
  id: `${id}.${version}`,
  subject: `Join ${organisation.name} on Gatehouse`,
  text: [
    `You are invited to join ${organisation.name}, until ${expires_at}.`,
    '',
    ...howToJoin(organisation.slug, { token, by, passwords }),
    '',
  ].join('\n'),
})

const howToJoin = (
  slug: string,
  { token, by, passwords }: { readonly token: string; readonly by: AcceptBy; readonly passwords: boolean },
): string[] => {
  if (by === 'sign_in') return ['Sign in with this address:', '', `  gatehouse login --tenant ${slug}`]
  if (passwords)
    return [
      'Choose a password at /auth/set-password of Gatehouse with this token, which counts once:',
      '',
      `  ${token}`,
    ]
  return ['Join with this token, which counts once:', '', `  gatehouse invitations accept --token ${token}`]
}
