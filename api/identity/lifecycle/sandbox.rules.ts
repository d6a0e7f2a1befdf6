import { ListDocument, LimitsDocument, RoleDocument, type DocumentKind } from '#contract/api/documents.js'
import type { Role } from '#contract/scopes.js'

/** Who is in a sandbox, one of each kind that people try things as. */
export const SANDBOX_PEOPLE: readonly { readonly role: Role; readonly name: string }[] = [
  { role: 'owner', name: 'Olga, owner' },
  { role: 'admin', name: 'Alan, administrator' },
  { role: 'developer', name: 'Dora, developer' },
  { role: 'member', name: 'Max, member' },
]

/** What a sandbox lays down for itself, as samples of each kind; `by` is whoever made it, by pseudonym. */
export const sandboxDocuments = (by: string) =>
  [
    {
      ...{ kind: 'list' as DocumentKind, name: 'sample' },
      document: ListDocument.parse({
        title: 'A sample: nothing of the namespace com.example.blocked',
        entries: [{ effect: 'deny', extension: 'com.example.blocked.*', why: 'to show what a list does', by }],
      }),
    },
    {
      ...{ kind: 'limits' as DocumentKind, name: 'sample' },
      document: LimitsDocument.parse({
        title: 'A sample: a thousand calls a day',
        entries: [{ limit: 'calls_per_day', value: 1_000, why: 'to show what a limit does', by }],
      }),
    },
    {
      ...{ kind: 'role' as DocumentKind, name: 'looks-on' },
      document: RoleDocument.parse({
        title: 'A sample: sees installs and lists',
        scopes: ['installs:read', 'lists:read'],
      }),
    },
  ] as const
