import { ROLES, type Scope } from '#contract/scopes.js'
import { customScopes } from '../documents/documents.repository.js'
import type { Queryable } from '../platform/database/queryable.js'

/** Somebody who votes, by pseudonym, and the key that the vote comes with; null for a session. */
export interface Voter {
  readonly voter: string
  readonly key_id: string | null
}

/** That somebody made a voter, for matters that people with this scope vote on. */
export interface Made {
  readonly voter: string
  readonly scope: Scope
  readonly maker: string
}

/** What somebody's own roles give, as SQL over rows of `principal` that are called `p` and the roles that ship. */
const OWN_SCOPES = `(
  ARRAY(SELECT jsonb_array_elements_text($4::jsonb->own.role) FROM unnest(p.roles) AS own (role))
  || ${customScopes('p.tenant_id', 'p.custom_roles')})`

/**
 * Who made these voters: their person or key stems from the maker, be it through any number of people and keys in between.
 * A key's issuer is followed together with the key that they used, so that a key issued to oneself leads on to where one's
 * own access came from. Needs a scope that sees every organisation, since operators make the first person of others.
 * Somebody whose own roles do not let them vote on what a scope is for stems from whoever issued the SCIM token that put
 * them into a group which gives them roles, or that named the group so.
 */
export const whoMade = async (tx: Queryable, voters: readonly Voter[], scopes: readonly Scope[]): Promise<Made[]> => {
  const { rows } = await tx.query<Made>(
    `WITH RECURSIVE chain (voter, scope, person, key) AS (
       SELECT v.voter, s.scope, v.voter, v.key
       FROM unnest($1::text[], $2::uuid[]) AS v (voter, key) CROSS JOIN unnest($3::text[]) AS s (scope)
       UNION
       SELECT chain.voter, chain.scope, maker.person, maker.key FROM chain CROSS JOIN LATERAL (
         SELECT issued_by, issued_with FROM api_key WHERE id = chain.key
         UNION ALL
         SELECT made_by, made_with FROM principal WHERE pseudonym = chain.person
         UNION ALL
         -- Whoever let somebody choose another password may have chosen it.
         SELECT t.issued_by, NULL FROM password_token t JOIN principal p ON p.id = t.principal_id
         WHERE p.pseudonym = chain.person AND t.used_at IS NOT NULL
         UNION ALL
         SELECT said.by, NULL FROM principal p
         JOIN group_role r ON r.principal_id = p.id
         JOIN scim_group g ON g.id = r.group_id
         JOIN scim_group_member m ON m.group_id = r.group_id AND m.member_id = p.id
         CROSS JOIN LATERAL (
           SELECT m.said_by AS by UNION SELECT g.said_by
           -- By whose token is not known of what is older than this: it may have been anybody's.
           UNION SELECT k.issued_by FROM scim_token k
           WHERE k.tenant_id = p.tenant_id AND NOT k.preview AND (m.said_by IS NULL OR g.said_by IS NULL)
         ) AS said
         WHERE p.pseudonym = chain.person AND NOT ARRAY['approvals:vote', chain.scope] <@ ${OWN_SCOPES}
       ) AS maker (person, key)
       WHERE maker.person IS NOT NULL
     )
     SELECT DISTINCT voter, scope, person AS maker FROM chain WHERE person <> voter`,
    [voters.map(({ voter }) => voter), voters.map(({ key_id }) => key_id), scopes, JSON.stringify(ROLES)],
  )
  return rows
}

/** That somebody can act as the service account that opened something, or answers for what it does. */
export interface Behind {
  readonly opener: string
  readonly person: string
}

/**
 * Who stands behind these openers where they are service accounts: whoever made one, answers for it, or issued a key or
 * credential of it, also one that is revoked by now; and the same of service accounts among those. What it opens counts as
 * opened by them. Nobody stands behind a person. Needs a scope that sees every organisation.
 */
export const whoStandsBehind = async (tx: Queryable, openers: readonly string[]): Promise<Behind[]> => {
  const { rows } = await tx.query<Behind>(
    `WITH RECURSIVE behind (opener, person) AS (
       SELECT o.opener, o.opener FROM unnest($1::text[]) AS o (opener)
       UNION
       SELECT behind.opener, maker.person FROM behind
       JOIN principal p ON p.pseudonym = behind.person AND p.kind = 'service_account'
       CROSS JOIN LATERAL (
         SELECT p.made_by
         UNION SELECT o.pseudonym FROM principal o WHERE o.id = p.owner_id
         UNION SELECT k.issued_by FROM api_key k WHERE k.principal_id = p.id
         UNION SELECT c.issued_by FROM client_credential c WHERE c.principal_id = p.id
       ) AS maker (person)
       WHERE maker.person IS NOT NULL
     )
     SELECT opener, person FROM behind WHERE person <> opener`,
    [openers],
  )
  return rows
}
