import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTHeaderParameters } from 'jose'

/** A key of the provider, and what it publishes of it. */
export interface ProviderKey {
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

const newKey = async (kid: string): Promise<ProviderKey> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }
}

/** An OpenID provider that answers whatever a test has it answer. */
export class HostileProvider {
  /** The ID token that the token endpoint gives. */
  idToken = ''
  /** What the token endpoint was sent last. */
  lastForm: URLSearchParams | undefined
  key: ProviderKey
  /** Keys that it publishes beside that one. */
  readonly others: JWK[] = []
  /** Where it says that its keys are, and as whom it answers, unless it is honest. */
  jwksUri: string | undefined
  claimedIssuer: string | undefined
  /** What it says that proofs of keys are signed with; nothing where undefined (RFC 9449, section 5.1). */
  proofs: readonly string[] | undefined
  /** How it calls the tokens that it gives. */
  tokenType = 'Bearer'
  /** The proof that the token endpoint was sent last. */
  lastProof: string | undefined
  /** How often its keys were fetched. */
  keysFetched = 0

  private constructor(
    private readonly server: Server,
    key: ProviderKey,
  ) {
    this.key = key
    server.on('request', (request, response) => void this.answer(request, response))
  }

  static async start(): Promise<HostileProvider> {
    const server = createServer().listen({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    return new HostileProvider(server, await newKey('one'))
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  get issuer(): string {
    return `http://${this.host}`
  }

  /** Signs with another key from now on, and publishes that one alone. */
  async rotate(kid: string): Promise<void> {
    this.key = await newKey(kid)
  }

  /** A well-made token with these claims, by the key that is published; or by what a test puts in its place. */
  sign(
    claims: object,
    header: Partial<JWTHeaderParameters> = {},
    key: CryptoKey | Uint8Array = this.key.privateKey,
  ): Promise<string> {
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: this.key.jwk.kid!, ...header }).sign(key)
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (body: object) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return void json({
          ...{
            issuer: this.claimedIssuer ?? this.issuer,
            authorization_endpoint: `${this.issuer}/auth`,
            token_endpoint: `${this.issuer}/token`,
          },
          ...{
            jwks_uri: this.jwksUri ?? `${this.issuer}/jwks`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
          },
          id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
          dpop_signing_alg_values_supported: this.proofs,
        })
      case '/jwks':
        this.keysFetched++
        return void json({ keys: [this.key.jwk, ...this.others] })
      case '/token': {
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk as Buffer)
        this.lastForm = new URLSearchParams(Buffer.concat(chunks).toString())
        this.lastProof = request.headers['dpop']?.toString()
        return void json({ access_token: 'x', token_type: this.tokenType, expires_in: 60, id_token: this.idToken })
      }
      default:
        response.writeHead(404).end()
    }
  }
}
