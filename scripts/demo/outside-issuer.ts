import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose'

const ALGORITHM = 'ES256'
const KEY_ID = 'one'
const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout'

/** What a token says besides who issued it and when. */
interface Wanted {
  readonly type: 'JWT' | 'logout+jwt'
  readonly subject: string
  readonly audience: string
  /** As jose reads it, such as `5m`. */
  readonly lasts: string
}

/** An issuer that the service trusts, on loopback: it publishes its key and signs tokens; nobody signs in by it. */
export class OutsideIssuer {
  private constructor(
    private readonly server: Server,
    private readonly key: CryptoKey,
  ) {}

  static async start(): Promise<OutsideIssuer> {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM)
    const jwk: JWK = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: ALGORITHM, use: 'sig' }
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const issuer = new OutsideIssuer(server, privateKey)
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': issuer.metadata,
      '/jwks': { keys: [jwk] },
    }
    server.on('request', ({ url = '' }, response) => {
      const document = documents[url]
      response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document))
    })
    return issuer
  }

  /** `address:port`. */
  get at(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  get issuer(): string {
    return `http://${this.at}`
  }

  /** Says to an audience who somebody is, such as the platform on which builds run of one of them. */
  token(subject: string, audience: string): Promise<string> {
    return this.signed({}, { type: 'JWT', subject, audience, lasts: '5m' })
  }

  /** Says to a client that somebody signed out (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
  logoutToken(client: string, subject: string): Promise<string> {
    return this.signed({ events: { [LOGOUT]: {} } }, { type: 'logout+jwt', subject, audience: client, lasts: '2m' })
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private signed(claims: JWTPayload, { type, subject, audience, lasts }: Wanted): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID, typ: type })
      .setIssuer(this.issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(lasts)
      .sign(this.key)
  }

  private get metadata(): object {
    const { issuer } = this
    return {
      ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
      ...{ jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'] },
      ...{ id_token_signing_alg_values_supported: [ALGORITHM], code_challenge_methods_supported: ['S256'] },
    }
  }
}
