import { hash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify, type JWK } from 'jose'
import { z } from 'zod'
import { PROOF_ALGORITHMS } from '#contract/vocabulary.js'

/** Seconds by which a proof may be older or newer than this moment: clocks of people's machines differ. */
export const PROOF_WINDOW_S = 300
const MAX_PROOF_CHARACTERS = 8192

/** What a proof is to prove (RFC 9449, section 4.3). */
export interface ProofAsked {
  /** The DPoP header as it came; several come joined by commas, and are no proof. */
  readonly proof: string | undefined
  readonly method: string
  /** The address of the request as others know it; query and fragment do not count. */
  readonly url: URL
  /** The token that comes with it; absent where one is asked for. */
  readonly token?: string | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** A sound proof: thumbprint of its key (RFC 7638), and what makes it one of its kind. */
export interface Proof {
  readonly jkt: string
  readonly jti: string
  readonly nonce: string | undefined
  /** When its age alone refuses it. */
  readonly expiresAt: Date
}

/** A request does not prove the key that it should, in the words of RFC 9449, sections 5 and 7.1. */
export class ProofRefused extends Error {
  override readonly name = 'ProofRefused'
  constructor(
    readonly error: 'invalid_dpop_proof' | 'use_dpop_nonce',
    readonly description: string,
    /** For the next proof. */
    readonly nonce?: string,
  ) {
    super(description)
  }
}

const Claims = z.object({
  jti: z.string().min(8).max(255),
  htm: z.string(),
  htu: z.string(),
  iat: z.number(),
  ath: z.string().optional(),
  nonce: z.string().max(200).optional(),
})

const refused = (description: string): ProofRefused => new ProofRefused('invalid_dpop_proof', description)

/** What a token's proof has in `ath`: base64url of its SHA-256. */
export const athOf = (token: string): string => hash('sha256', token, 'base64url')

/** Reads a proof and holds it against its request. Whether it was taken before is not known here. Raises `ProofRefused`. */
export const proofOf = async ({ proof, method, url, token, now }: ProofAsked): Promise<Proof> => {
  if (proof === undefined) throw refused('Send a proof of the key in the DPoP header')
  const { claims, jkt } = await verified(proof)
  if (claims.htm !== method) throw refused('htm is another method')
  if (addressOf(claims.htu) !== url.origin + url.pathname) throw refused(`htu is not ${url.origin}${url.pathname}`)
  if (Math.abs(now / 1000 - claims.iat) > PROOF_WINDOW_S)
    throw refused(`iat is more than ${PROOF_WINDOW_S} seconds off: make a proof for each request, and set the clock`)
  if (token !== undefined && claims.ath !== athOf(token)) throw refused('ath is of another token')
  const expiresAt = new Date((claims.iat + PROOF_WINDOW_S + 1) * 1000)
  return { jkt, jti: claims.jti, nonce: claims.nonce, expiresAt }
}

const verified = async (proof: string): Promise<{ claims: z.infer<typeof Claims>; jkt: string }> => {
  if (proof.length > MAX_PROOF_CHARACTERS) throw refused('The proof is too long')
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      ...{ typ: 'dpop+jwt', algorithms: [...PROOF_ALGORITHMS] },
      clockTolerance: PROOF_WINDOW_S,
    })
    const claims = Claims.safeParse(payload)
    if (!claims.success) throw refused('It lacks one of jti (8 characters at least), htm, htu, iat')
    return { claims: claims.data, jkt: await calculateJwkThumbprint(protectedHeader.jwk as JWK) }
  } catch (error) {
    if (error instanceof ProofRefused) throw error
    if (error instanceof errors.JOSEAlgNotAllowed)
      throw refused(`It is signed with none of ${PROOF_ALGORITHMS.join(', ')}`)
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException)
      throw refused('It is no JWT of the type dpop+jwt, signed by the public key in its jwk')
    throw error
  }
}

/** An address without query and fragment, in its normal form (RFC 3986, section 6.2); '' for anything else. */
const addressOf = (htu: string): string => {
  if (!URL.canParse(htu)) return ''
  const { origin, pathname } = new URL(htu)
  return origin + pathname
}
