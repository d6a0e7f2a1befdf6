import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { interactionPolicy, type ClientMetadata, type Configuration, type JWKS } from 'oidc-provider'
import { DIRECTORY, nameOf, STRANGER } from './company.js'

/** What it says of a sign-in with two factors (REFEDS). */
export const TWO_FACTORS = 'https://refeds.org/profile/mfa'

const FORM = (hint: string): string => `<!doctype html><title>The company's sign-in</title>
<form method="post">
<input name="email" value="${hint.replaceAll(/[^a-z0-9@.-]/g, '')}">
<label><input type="checkbox" name="factors" value="two">with a second factor</label>
<button>It is me</button>
</form>`

const SECONDS = { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Grant: 600, Session: 3600 }

const signingKeys = async (): Promise<JWKS> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') }] }
}

const configuration = (jwks: JWKS, clients: ClientMetadata[]): Configuration => {
  const policy = interactionPolicy.base()
  // Whoever signs in at work is not asked whether they want to.
  policy.remove('consent')
  return {
    ...{ clients, jwks, cookies: { keys: ['of the demo'] }, acrValues: [TWO_FACTORS], conformIdTokenClaims: false },
    scopes: ['openid', 'email', 'profile'],
    claims: {
      ...{ openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'], email: ['email', 'email_verified'], profile: ['name'] },
    },
    features: { devInteractions: { enabled: false }, pushedAuthorizationRequests: { enabled: true } },
    ttl: SECONDS,
    renderError: (context, { error, error_description }) => {
      context.body = `${error}: ${error_description ?? ''}`
    },
    interactions: { policy, url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => {
      const person = [...DIRECTORY, STRANGER].find(({ email }) => email === sub)
      if (!person) return undefined
      const claims = { sub, name: nameOf(person), email: person.email, email_verified: true }
      return { accountId: sub, claims: () => claims }
    },
    loadExistingGrant: async ({ oidc: { client, session, provider } }) => {
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}

/** The company's OpenID provider, on loopback: it believes whoever says that they are somebody of its directory. */
export class OpenIdProvider {
  private provider: Provider

  private constructor(
    private readonly server: Server,
    private readonly jwks: JWKS,
  ) {
    this.provider = new Provider(this.issuer, configuration(jwks, []))
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (!request.url?.startsWith('/interaction/')) return void this.provider.callback()(request, response)
      this.interact(request, response).catch((error: Error) => response.writeHead(400).end(error.message))
    })
  }

  static async start(): Promise<OpenIdProvider> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new OpenIdProvider(server, await signingKeys())
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Lets a program sign people in, as an administrator of the provider would. */
  register(client: ClientMetadata): void {
    this.provider = new Provider(this.issuer, configuration(this.jwks, [client]))
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private async interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await this.provider.interactionDetails(request, response)
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(FORM(String(params['login_hint'] ?? '')))
      return
    }
    const form = new URLSearchParams(await text(request))
    const two = form.get('factors') === 'two'
    const login = {
      ...{ accountId: form.get('email') ?? '', remember: false },
      ...(two ? { amr: ['pwd', 'otp', 'mfa'], acr: TWO_FACTORS } : { amr: ['pwd'] }),
    }
    await this.provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
  }
}
