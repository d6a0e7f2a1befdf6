import { decodeJwt, decodeProtectedHeader, errors, importJWK, jwtVerify, type JWTPayload } from 'jose'
import { z } from 'zod'
import { Uuid } from '#contract/primitives.js'
import { hashKey, matchesHash, prefixOf } from '../../identity/api-key.rules.js'
import type { Database } from '../../platform/database/database.service.js'
import { OAuthRefusal } from '../oauth-refusal.js'
import type { PublicUrl } from '../../platform/http/public-url.js'
import { takeOnce } from '../../identity/taken-once.repository.js'
import { algorithmOf, ASSERTION_LASTS_S, CLOCK_TOLERANCE_S, jwkOf, JWT_BEARER } from './assertion.rules.js'
import { findLive, type KeptCredential } from './credentials.repository.js'

/** What a client sends to prove itself. */
export interface ClientProof {
  readonly authorization?: string | undefined
  readonly client_id?: string | undefined
  readonly client_secret?: string | undefined
  readonly client_assertion_type?: string | undefined
  readonly client_assertion?: string | undefined
}

/** A service account that proved itself, and by what. */
export interface ProvenClient {
  readonly clientId: string
  readonly credentialId: string
}

export interface ClientAuthenticationParts {
  readonly database: Database
  readonly publicUrl: PublicUrl
}

/** One answer for all that can be wrong, so that it tells nothing of which accounts there are. */
const wrong = (): OAuthRefusal => new OAuthRefusal('invalid_client', 'The client is unknown, or did not prove itself')

/** Proofs of service accounts: client_secret_basic, client_secret_post, private_key_jwt. */
export class ClientAuthentication {
  constructor(private readonly parts: ClientAuthenticationParts) {}

  /** Raises `invalid_client`, and `invalid_request` for two proofs at once (RFC 6749, section 2.3). */
  async prove(proof: ClientProof): Promise<ProvenClient> {
    const given = [proof.authorization, proof.client_secret, proof.client_assertion].filter(
      (part) => part !== undefined,
    )
    if (given.length > 1) throw new OAuthRefusal('invalid_request', 'Send one proof of the client')
    if (proof.client_assertion !== undefined) return this.byAssertion(proof, proof.client_assertion)
    const { id, secret } = basicOf(proof) ?? { id: proof.client_id, secret: proof.client_secret }
    const clientId = Uuid.safeParse(id).data
    const prefix = secret === undefined ? undefined : prefixOf(secret, 'client_secret')
    if (clientId === undefined || secret === undefined || prefix === undefined) throw wrong()
    const kept = await this.live(clientId, { prefix })
    if (!kept?.hash || !matchesHash(hashKey(secret), kept.hash)) throw wrong()
    return { clientId, credentialId: kept.id }
  }

  private async byAssertion({ client_id, client_assertion_type }: ClientProof, token: string): Promise<ProvenClient> {
    if (client_assertion_type !== JWT_BEARER)
      throw new OAuthRefusal('invalid_request', `client_assertion_type must be ${JWT_BEARER}`)
    const { clientId, kid } = namedIn(token)
    if (client_id !== undefined && client_id.toLowerCase() !== clientId) throw wrong()
    const kept = await this.live(clientId, { kid })
    if (!kept?.jwk) throw wrong()
    const { jti, exp } = await this.verified(token, clientId, kept.jwk)
    const expiresAt = new Date((exp! + CLOCK_TOLERANCE_S) * 1000)
    const once = { of: clientId, hash: hashKey(jti!), expiresAt }
    if (!(await takeOnce(this.parts.database.records, 'client_assertion', once))) throw wrong()
    return { clientId, credentialId: kept.id }
  }

  private async verified(
    token: string,
    clientId: string,
    jwk: NonNullable<KeptCredential['jwk']>,
  ): Promise<JWTPayload> {
    const issuer = this.parts.publicUrl.origin()
    const algorithm = algorithmOf(jwk)
    try {
      const { payload } = await jwtVerify(token, await importJWK(jwkOf(jwk), algorithm), {
        ...{
          algorithms: [algorithm],
          issuer: clientId,
          subject: clientId,
          audience: [issuer, `${issuer}/oauth/token`],
        },
        ...{ clockTolerance: CLOCK_TOLERANCE_S, requiredClaims: ['exp', 'jti'] },
      })
      const latest = Date.now() / 1000 + ASSERTION_LASTS_S + CLOCK_TOLERANCE_S
      // One for several audiences could be taken to another of them.
      const sound = Jti.safeParse(payload.jti).success && payload.exp! <= latest && typeof payload.aud === 'string'
      if (sound) return payload
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
    }
    throw wrong()
  }

  private live(principalId: string, by: { prefix?: string; kid?: string }): Promise<KeptCredential | undefined> {
    return this.parts.database.inScope({ platform: true }, (tx) => findLive(tx, principalId, by))
  }
}

const Jti = z.string().min(8).max(255)
const Named = z.object({ sub: Uuid, kid: z.string().min(1).max(100) })

/** Whom an assertion names, and by which key; nothing of it is believed before it is verified. */
const namedIn = (token: string): { clientId: string; kid: string } => {
  try {
    const named = Named.safeParse({ sub: decodeJwt(token).sub, kid: decodeProtectedHeader(token).kid })
    if (named.success) return { clientId: named.data.sub, kid: named.data.kid }
  } catch {
    throw wrong()
  }
  throw wrong()
}

/** Client and secret of the Basic scheme, both form-encoded within it (RFC 6749, section 2.3.1). */
const basicOf = ({ authorization, client_id }: ClientProof): { id: string; secret: string } | undefined => {
  if (authorization === undefined) return undefined
  const encoded = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization)?.[1]
  const [, id, secret] = /^([^:]*):(.*)$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? []
  if (id === undefined || secret === undefined || (client_id !== undefined && client_id !== id)) throw wrong()
  return { id, secret }
}
