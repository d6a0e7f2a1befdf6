import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Logger } from '@nestjs/common'
import { exportJWK, generateKeyPair } from 'jose'
import type {
  AdapterPayload,
  Configuration,
  default as Provider,
  interactionPolicy,
  KoaContextWithOIDC,
} from 'oidc-provider'
import { wholeBody } from '../../platform/http/raw-body.js'
import { escaped, page, pagePolicy, TO_PROVIDERS } from '../pages.js'
import { memoryAdapter } from './memory-adapter.js'

/** What the embedded provider says of a sign-in with two factors (REFEDS). */
export const TWO_FACTORS = 'https://refeds.org/profile/mfa'

/** Somebody whom the embedded provider knows: anybody at this machine may say that it is they. */
export interface EmbeddedPerson {
  readonly sub: string
  readonly name: string
  readonly email: string
}

/** One organisation's client of it. */
export interface EmbeddedClient {
  readonly id: string
  readonly people: readonly EmbeddedPerson[]
  /** As its metadata stands now: the service's address is known only once it listens. */
  readonly metadata: () => Promise<AdapterPayload>
}

export interface EmbeddedProviderParts {
  readonly clients: readonly EmbeddedClient[]
  /** 0 takes any free one. */
  readonly port: number
}

const MAX_FORM_BYTES = 4096
const HOST = '127.0.0.1'

/** An OpenID provider that comes up with the embedded profile, on loopback, for the people of the demo organisations. */
export class EmbeddedProvider {
  private constructor(
    readonly issuer: string,
    private readonly server: Server,
  ) {}

  /** Starts it. Rejects where the port is taken. */
  static async start({ clients, port }: EmbeddedProviderParts): Promise<EmbeddedProvider> {
    const server = createServer().listen({ port, host: HOST })
    await once(server, 'listening')
    const issuer = `http://${HOST}:${(server.address() as AddressInfo).port}`
    const { default: OidcProvider, interactionPolicy } = await import('oidc-provider')
    const policy = interactionPolicy.base()
    // Whoever signs in at their own organisation is not asked again whether they want to.
    policy.remove('consent')
    const provider = new OidcProvider(issuer, await configurationOf(clients, policy))
    provider.on('backchannel.error', (_context, error, client) => {
      new Logger('sign-in').warn(
        { error, client: client.clientId },
        'the service could not be told that somebody signed out',
      )
    })
    const oidc = provider.callback()
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const uid = /^\/interaction\/([\w-]{1,64})$/.exec(request.url ?? '')?.[1]
      if (uid === undefined) return void oidc(request, response)
      interact({ provider, clients }, request, response).catch((error: Error) => {
        response.writeHead(400, pagePolicy())
        response.end(page('That did not work', `<p>${escaped(error.message)}</p>`))
      })
    })
    return new EmbeddedProvider(issuer, server)
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }
}

async function configurationOf(
  clients: readonly EmbeddedClient[],
  policy: interactionPolicy.DefaultPolicy,
): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const signing = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') }
  const people = new Map(clients.flatMap((client) => client.people.map((person) => [person.sub, person] as const)))
  return {
    adapter: memoryAdapter(async (id) => clients.find((client) => client.id === id)?.metadata()),
    jwks: { keys: [signing] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    acrValues: [TWO_FACTORS],
    scopes: ['openid', 'email', 'profile'],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      backchannelLogout: { enabled: true },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
      userinfo: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => show(context, 'Sign out?', `${form}${YES}`),
        postLogoutSuccessSource: (context) => show(context, 'Signed out', '<p>You can close this page.</p>'),
      },
    },
    interactions: { policy, url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => {
      const person = people.get(sub)
      if (!person) return undefined
      const { name, email } = person
      return { accountId: sub, claims: () => ({ sub, name, email, email_verified: true }) }
    },
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    // What it tells of people who signed out goes to the service, which is on loopback as well; it fetches nothing else.
    fetch: (url, options) => {
      const { dispatcher: _, ...plain } = (options ?? {}) as RequestInit & { dispatcher?: unknown }
      return fetch(url, plain)
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Grant: 600, Session: 43_200 },
    renderError: (context, { error, error_description }) => {
      show(context, 'That did not work', `<p>${escaped(error)}: ${escaped(error_description ?? '')}</p>`)
    },
  }
}

const YES = '<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>'

const show = (context: KoaContextWithOIDC, title: string, body: string): void => {
  context.set(pagePolicy({ formsTo: TO_PROVIDERS }))
  context.body = page(title, body)
}

interface Interacting {
  readonly provider: Provider
  readonly clients: readonly EmbeddedClient[]
}

/** Asks who it is; whoever chooses a person is that person. */
async function interact(
  { provider, clients }: Interacting,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const people = clients.find(({ id }) => id === params['client_id'])?.people ?? []
  if (request.method !== 'POST') {
    response.writeHead(200, pagePolicy({ formsTo: TO_PROVIDERS }))
    response.end(choosePage(people, params['login_hint']))
    return
  }
  const form = new URLSearchParams((await wholeBody(request, MAX_FORM_BYTES)).toString('utf8'))
  const person = people.find(({ sub }) => sub === form.get('sub'))
  if (!person) throw new Error('This organisation has nobody of that name')
  const two = form.get('factors') === 'two'
  const login = {
    accountId: person.sub,
    amr: two ? ['pwd', 'otp', 'mfa'] : ['pwd'],
    ...(two && { acr: TWO_FACTORS }),
    remember: false,
  }
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
}

const choosePage = (people: readonly EmbeddedPerson[], hint: unknown): string => {
  const [hinted, others] = [people.filter(({ email }) => email === hint), people.filter(({ email }) => email !== hint)]
  const button = ({ sub, name, email }: EmbeddedPerson): string =>
    `<button type="submit" name="sub" value="${escaped(sub)}">${escaped(name)}<br><small>${escaped(email)}</small></button>`
  return page(
    'Who are you?',
    `<p>The demo's own identity provider, for this machine alone: it believes you.</p>
<form method="post">
<p><label><input type="checkbox" name="factors" value="two" checked style="width:auto;margin:0 .5rem 0 0">with a second factor</label></p>
${[...hinted, ...others].map(button).join('\n')}
</form>`,
  )
}
