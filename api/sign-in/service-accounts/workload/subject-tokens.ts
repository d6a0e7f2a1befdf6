import { errors, jwtVerify } from 'jose'
import type { AdminFacts } from '../../../gate/admin-facts.rules.js'
import { hashKey } from '../../../identity/api-key.rules.js'
import type { Database } from '../../../platform/database/database.service.js'
import { Unreachable } from '../../openid/guarded-fetch.js'
import { SIGNATURE_ALGORITHMS } from '../../signature-algorithms.js'
import { takeOnce } from '../../../identity/taken-once.repository.js'
import { CLOCK_TOLERANCE_S } from '../assertion.rules.js'
import { trustedOf, type Trusted } from './identities.repository.js'
import type { IssuerKeys } from './issuer-keys.js'
import {
  fitting,
  isOfOtherType,
  lastsOf,
  namedIssuer,
  onceName,
  subjectClaims,
  type SubjectClaims,
} from './subject-token.rules.js'

export interface SubjectTokensParts {
  readonly database: Database
  readonly keys: IssuerKeys
}
/** What an outside token proves, as the gate weighs it. */
export type Workload = NonNullable<AdminFacts['workload']>

/** Tokens of outside issuers that service accounts trust. */
export class SubjectTokens {
  constructor(private readonly parts: SubjectTokensParts) {}

  /**
   * What a token says for an account, once its signature, issuer, audience and times hold; undefined where they do not.
   * A federated identity of single use takes it with that. Only issuers that the account trusts are ever asked for keys.
   */
  async prove(accountId: string, token: string): Promise<Workload | undefined> {
    const issuer = namedIssuer(token)
    if (issuer === undefined) return undefined
    const { database } = this.parts
    const trusted = await database.inScope({ platform: true }, (tx) => trustedOf(tx, accountId, issuer))
    const claims = trusted.length === 0 ? undefined : await this.verified(token, issuer, trusted)
    if (!claims) return undefined
    const fits = fitting(claims, trusted)
    const single_use = fits?.single_use ?? false
    const taken_before = single_use && !(await this.taken(accountId, token, claims))
    const lasts_s = lastsOf(claims)
    return { issuer, subject: claims.sub, identity_id: fits?.id ?? null, lasts_s, single_use, taken_before }
  }

  private async verified(
    token: string,
    issuer: string,
    trusted: readonly Trusted[],
  ): Promise<SubjectClaims | undefined> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, await this.parts.keys.keysOf(issuer), {
        ...{ issuer, audience: trusted.map(({ audience }) => audience), algorithms: SIGNATURE_ALGORITHMS },
        ...{ clockTolerance: CLOCK_TOLERANCE_S, requiredClaims: ['exp', 'iat', 'sub'] },
      })
      return isOfOtherType(protectedHeader.typ) ? undefined : subjectClaims(payload, Date.now() / 1000)
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof Unreachable) return undefined
      throw error
    }
  }

  private taken(of: string, token: string, claims: SubjectClaims): Promise<boolean> {
    const expiresAt = new Date((claims.exp + CLOCK_TOLERANCE_S) * 1000)
    return takeOnce(this.parts.database.records, 'client_assertion', {
      ...{ of, hash: hashKey(onceName(token, claims)), expiresAt },
    })
  }
}
