import type { Role } from '#contract/scopes.js'
import type { Queryable } from '../platform/database/queryable.js'

/** Somebody who votes, by pseudonym, and the key that the vote comes with. */
export interface Voter {
  readonly voter: string
  readonly key_id: string | null
}

/**
 * The voters among these that the opener made: whose person or key stems from the opener, be it through any number of
 * people and keys in between. A key's issuer is followed together with the key that they used, so that a key issued to
 * oneself leads on to where one's own access came from. Needs a scope that sees every organisation, since operators make
 * the first person of others. Somebody who has no such role of their own as `roles` stems from whoever issued the SCIM token
 * that put them into a group which gives them roles, or that named the group so.
 */
export const madeBy = async (
  tx: Queryable,
  { opener, roles }: { readonly opener: string; readonly roles: readonly Role[] },
  voters: readonly Voter[],
): Promise<Set<string>> => {
  const { rows } = await tx.query<{ voter: string }>(
    `WITH RECURSIVE chain (voter, person, key) AS (
       SELECT v.voter, v.voter, v.key FROM unnest($2::text[], $3::uuid[]) AS v (voter, key)
       UNION
       SELECT chain.voter, maker.person, maker.key FROM chain CROSS JOIN LATERAL (
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
         WHERE p.pseudonym = chain.person AND NOT p.roles && $4::text[]
       ) AS maker (person, key)
       WHERE maker.person IS NOT NULL
     )
     SELECT DISTINCT voter FROM chain WHERE person = $1 AND voter <> $1`,
    [opener, voters.map(({ voter }) => voter), voters.map(({ key_id }) => key_id), roles],
  )
  return new Set(rows.map(({ voter }) => voter))
}
