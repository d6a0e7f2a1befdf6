import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose'
import type { ServerMetadata } from 'openid-client'

const ALGORITHM = 'ES256'
/** What to say of a provider that does not take proofs. */
export const NO_PROOFS = `the provider does not say that it takes proofs signed by ${ALGORITHM} (dpop_signing_alg_values_supported)`

/** Whether a provider takes proofs of our keys (RFC 9449, section 5.1). */
export const announcesProofs = ({ dpop_signing_alg_values_supported: algorithms }: ServerMetadata): boolean =>
  algorithms?.includes(ALGORITHM) ?? false

/** A key for one sign-in: whoever comes for its code proves it, on whichever instance. */
export const newProofKey = async (): Promise<JWK> =>
  exportJWK((await generateKeyPair(ALGORITHM, { extractable: true })).privateKey)

/** Both halves of such a key, as openid-client takes them. */
export const proofKeysOf = async (key: JWK): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> => {
  const { d: _, ...open } = key
  const [privateKey, publicKey] = await Promise.all([
    importJWK(key, ALGORITHM),
    importJWK(open, ALGORITHM, { extractable: true }),
  ])
  return { privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey }
}
