import { hash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'

/** What a proof says in place of what it should. */
export interface ProofPart {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  readonly key?: CryptoKey | Uint8Array
}

/** An answer, as far as specs look at it. */
export interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly challenge: string | null
  readonly nonce: string | null
}

const answered = async (response: Response): Promise<Answered> => ({
  status: response.status,
  body: (await response.json()) as Record<string, unknown>,
  challenge: response.headers.get('www-authenticate'),
  nonce: response.headers.get('dpop-nonce'),
})

/** A client with a key of its own, which makes good proofs of it, or those that a spec wants (RFC 9449). */
export class ProvingClient {
  private constructor(
    readonly privateKey: CryptoKey,
    readonly jwk: JWK,
    readonly jkt: string,
  ) {}

  static async make(): Promise<ProvingClient> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    return new ProvingClient(privateKey, jwk, await calculateJwkThumbprint(jwk))
  }

  proof(method: string, url: string, { claims = {}, header = {}, key = this.privateKey }: ProofPart = {}) {
    const all = { jti: randomUUID(), htm: method, htu: url, iat: Math.floor(Date.now() / 1000), ...claims }
    const protectedHeader = { typ: 'dpop+jwt', alg: 'ES256', jwk: this.jwk, ...header }
    return new SignJWT(all).setProtectedHeader(protectedHeader).sign(key)
  }

  /** Asks for a token, with this proof, or with a good one that carries the nonce that it is told. */
  async token(origin: string, fields: Readonly<Record<string, string>>, proof?: string): Promise<Answered> {
    const url = `${origin}/oauth/token`
    const ask = async (dpop: string) =>
      answered(
        await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', dpop },
          body: new URLSearchParams(fields).toString(),
        }),
      )
    if (proof !== undefined) return ask(proof)
    const { nonce } = await ask(await this.proof('POST', url))
    return ask(await this.proof('POST', url, { claims: { nonce } }))
  }

  /** Who a token is, with this proof, or with a good one. */
  async whoami(token: string, origin: string, proof?: string): Promise<Answered> {
    const url = `${origin}/v1/whoami`
    const dpop = proof ?? (await this.proof('GET', url, { claims: { ath: this.ath(token) } }))
    return answered(await fetch(url, { headers: { authorization: `DPoP ${token}`, dpop } }))
  }

  ath(token: string): string {
    return hash('sha256', token, 'base64url')
  }
}
