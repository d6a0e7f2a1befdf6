import type { GroupRule, GroupRulesDocument } from '#contract/api/documents.js'
import { ROLE_IDS, ROLES, type Role, type Scope } from '#contract/scopes.js'

const BY = ['display_name', 'external_id', 'id'] as const

/** What a rule is about, in words: `group display_name gatehouse-*`. */
export const ruleWords = (rule: GroupRule): string =>
  `group ${BY.flatMap((name) => (rule[name] === undefined ? [] : [`${name} ${rule[name]}`])).join(', ')}`

/** All that the rules of these documents would give somebody who is in every group. */
export const handedOut = (
  documents: readonly (GroupRulesDocument | undefined)[],
): { readonly roles: Role[]; readonly custom_roles: string[]; readonly scopes: Scope[] } => {
  const rules = documents.flatMap((document) => document?.entries ?? [])
  const roles = ROLE_IDS.filter((role) => rules.some((rule) => rule.roles.includes(role)))
  const custom_roles = [...new Set(rules.flatMap((rule) => rule.custom_roles))]
  return { roles, custom_roles, scopes: [...new Set(roles.flatMap((role): readonly Scope[] => ROLES[role]))] }
}
