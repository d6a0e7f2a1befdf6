import { LRUCache } from 'lru-cache'
import type { IncomingHttpHeaders } from 'node:http'
import { hashKey } from '../api-key.rules.js'
import type { Database } from '../../platform/database/database.service.js'
import type { PublicUrl } from '../../platform/http/public-url.js'
import { takeOnce } from '../taken-once.repository.js'
import { isFreshNonce, nonceOf } from './nonces.rules.js'
import { PROOF_WINDOW_S, ProofRefused, proofOf, type Proof } from './proof.rules.js'

export interface ProofsParts {
  readonly database: Pick<Database, 'records'>
  readonly publicUrl: Pick<PublicUrl, 'origin'>
  readonly nonceKey: Buffer
}

/** A request, as a proof speaks of it. */
export interface ProvingRequest {
  readonly method: string
  /** Path and query as they came. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

/** The token that a request comes with, and the key that it is bound to. */
export interface Bound {
  readonly token: string
  readonly jkt: string
  /** It may go on where nothing can be written: what it asks for must work then, and does the same when done twice. */
  readonly mustWork: boolean
}

const MAX_SEEN = 10_000

/** Proofs that a request comes from whoever holds a key (RFC 9449). Each is taken once, over all instances. */
export class Proofs {
  /** Taken here. All there is to go by where nothing can be written. */
  private readonly seen = new LRUCache<string, true>({ max: MAX_SEEN, ttl: 2 * PROOF_WINDOW_S * 1000 })

  constructor(private readonly parts: ProofsParts) {}

  /** The nonce that proofs for tokens carry now. */
  nonce(): string {
    return nonceOf(this.parts.nonceKey, Date.now())
  }

  /**
   * The thumbprint of the key that a request for a token proves; null where it comes without a proof. Such a proof is tied to
   * no token, so it carries a nonce: none can be made ahead. Raises `ProofRefused`.
   */
  async ofTokenRequest(request: ProvingRequest): Promise<string | null> {
    if (request.headers['dpop'] === undefined) return null
    const proof = await this.read(request)
    if (proof.nonce === undefined || !isFreshNonce(this.parts.nonceKey, proof.nonce, Date.now()))
      throw new ProofRefused('use_dpop_nonce', 'Make the proof again with the nonce of DPoP-Nonce', this.nonce())
    await this.once(proof, false)
    return proof.jkt
  }

  /** Holds a request against the key of its token. Raises `ProofRefused`. */
  async ofBound(request: ProvingRequest, { token, jkt, mustWork }: Bound): Promise<void> {
    const proof = await this.read(request, token)
    if (proof.jkt !== jkt) throw new ProofRefused('invalid_dpop_proof', 'The token is bound to another key')
    await this.once(proof, mustWork)
  }

  private read({ method, url, headers }: ProvingRequest, token?: string): Promise<Proof> {
    const { dpop } = headers
    const at = new URL(this.parts.publicUrl.origin() + url)
    return proofOf({ proof: Array.isArray(dpop) ? dpop.join() : dpop, method, url: at, token, now: Date.now() })
  }

  private async once({ jkt, jti, expiresAt }: Proof, mustWork: boolean): Promise<void> {
    const again = new ProofRefused('invalid_dpop_proof', 'The proof was taken before: make one for each request')
    const name = `${jkt} ${jti}`
    if (this.seen.has(name)) throw again
    this.seen.set(name, true)
    const taken = takeOnce(this.parts.database.records, 'dpop_proof', { of: jkt, hash: hashKey(jti), expiresAt })
    const first = await (mustWork ? taken.catch(() => true) : taken)
    if (!first) throw again
  }
}
