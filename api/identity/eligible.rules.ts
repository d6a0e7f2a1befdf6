import type { Approval } from '#contract/api/approvals.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { Addressee } from './people.repository.js'
import { actsForPlatform, scopesOf, type HeldRoles } from './scopes.rules.js'

/** Organisations whose people may be asked about a matter: its own, and the platform's. */
export const askedTenants = ({ tenant_id }: Pick<Approval, 'tenant_id'>): string[] => [
  ...new Set([tenant_id, PLATFORM_TENANT_ID]),
]

type Matter = Pick<Approval, 'tenant_id' | 'scope' | 'opened_by' | 'subject_publisher_id'>

/** Who may vote on a matter, by what their roles give: not whoever opened it, nor people of the publisher it is about. */
export const mayBeAsked = (matter: Matter, person: Omit<Addressee, 'roles' | 'custom_roles'> & HeldRoles): boolean => {
  const scopes = scopesOf(person)
  return (
    scopes.includes('approvals:vote') &&
    scopes.includes(matter.scope) &&
    person.pseudonym !== matter.opened_by &&
    (matter.subject_publisher_id === null || person.publisher_id !== matter.subject_publisher_id) &&
    (person.tenant_id === matter.tenant_id || actsForPlatform(person.tenant_id, scopes))
  )
}
