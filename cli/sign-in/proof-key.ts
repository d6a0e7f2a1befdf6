import { hash, randomUUID } from 'node:crypto'
import {
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
} from 'jose'
import * as oauth from 'openid-client'
import type { BoundToken } from '#sdk/client/client.js'
import type { KeptSignIn } from './store.js'

const ALGORITHM = 'ES256'

const openHalf = ({ kty, crv, x, y }: JWK): JWK => ({ kty, crv, x, y }) as JWK

/** A private key for one sign-in: its tokens are worth nothing without it. Null where the service takes no proofs. */
export const newProofKey = async (server: oauth.Configuration): Promise<JWK | null> => {
  const taken = server.serverMetadata().dpop_signing_alg_values_supported
  if (!taken?.includes(ALGORITHM)) return null
  return exportJWK((await generateKeyPair(ALGORITHM, { extractable: true })).privateKey)
}

/** What proves a key where tokens are asked for: options of openid-client; none without a key. */
export const provingTokens = async (server: oauth.Configuration, key: JWK | null): Promise<oauth.DPoPOptions> => {
  if (key === null) return {}
  const [privateKey, publicKey] = await Promise.all([
    importJWK(key, ALGORITHM),
    importJWK(openHalf(key), ALGORITHM, { extractable: true }),
  ])
  return {
    DPoP: oauth.getDPoPHandle(server, { privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey }),
  }
}

/** Asks that a code be for this key alone (RFC 9449, section 10). */
export const forKey = async ({ DPoP }: oauth.DPoPOptions): Promise<{ dpop_jkt?: string }> =>
  DPoP ? { dpop_jkt: await DPoP.calculateThumbprint() } : {}

/** What to speak with: the access token, with what proves its key to the service where it is bound to one (RFC 9449, section 7). */
export const tokenOf = ({ access_token, key }: KeptSignIn): string | BoundToken =>
  key ? boundToken(access_token, key) : access_token

const boundToken = (token: string, key: JWK): BoundToken => ({
  token,
  prove: async (method, url) => {
    const claims = { htm: method, htu: url.origin + url.pathname, ath: hash('sha256', token, 'base64url') }
    const header: JWTHeaderParameters = { typ: 'dpop+jwt', alg: ALGORITHM, jwk: openHalf(key) }
    return new SignJWT({ ...claims, jti: randomUUID() })
      .setProtectedHeader(header)
      .setIssuedAt()
      .sign(await importJWK(key, ALGORITHM))
  },
})
