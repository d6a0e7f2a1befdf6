import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'

const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout'

/** An OpenID provider as far as one is trusted and tells that somebody signed out; nobody signs in by it. */
export class OutsideProvider {
  private constructor(
    private readonly server: Server,
    private readonly key: CryptoKey,
  ) {}

  static async start(): Promise<OutsideProvider> {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const jwk = { ...(await exportJWK(publicKey)), kid: 'walk', alg: 'ES256', use: 'sig' }
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const provider = new OutsideProvider(server, privateKey)
    server.on('request', ({ url }, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(url === '/jwks' ? { keys: [jwk satisfies JWK] } : provider.metadata))
    })
    return provider
  }

  /** `address:port`. */
  get at(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  get issuer(): string {
    return `http://${this.at}`
  }

  /** Says to a client that somebody signed out (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
  logoutToken(client: string, subject: string): Promise<string> {
    return new SignJWT({ events: { [LOGOUT]: {} } })
      .setProtectedHeader({ alg: 'ES256', kid: 'walk', typ: 'logout+jwt' })
      .setIssuer(this.issuer)
      .setAudience(client)
      .setSubject(subject)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('2m')
      .sign(this.key)
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private get metadata(): object {
    const { issuer } = this
    return {
      ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
      ...{ jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'] },
      ...{ id_token_signing_alg_values_supported: ['ES256'], code_challenge_methods_supported: ['S256'] },
    }
  }
}
