import { setTimeout as delay } from 'node:timers/promises'
import { testService, type TestService } from '../../testing/test-service.js'
import { HostileProvider } from './hostile-provider.js'

/** A sign-in that was begun: what the provider was told, and the cookie of the browser. */
export interface Begun {
  readonly state: string
  readonly nonce: string
  readonly cookie: string
}

/** What a callback came to. */
export interface Ended {
  readonly status: number
  readonly code: string | undefined
  readonly reasons: readonly string[]
  readonly location: string | null
  /** The session's secret, where one was begun. */
  readonly session: string | undefined
}

/** The service, and a provider that Acme trusts and a test speaks for. */
export interface SignInWorld {
  readonly service: TestService
  readonly provider: HostileProvider
  readonly providerId: string
  begin(query?: string): Promise<Begun>
  /** Claims of a good ID token for an attempt; it is by Mia, unless said otherwise. */
  claims(begun: Begun, part?: object): Record<string, unknown>
  /** Comes back, with another state, provider or cookie where given. */
  end(begun: Begun, part?: { readonly id?: string; readonly search?: string; readonly cookie?: string }): Promise<Ended>
  /** All of it, by this subject. */
  signIn(subject: string, part?: object): Promise<Ended>
  stop(): Promise<void>
}

const cookieIn = (headers: Headers, name: string): string | undefined =>
  headers
    .getSetCookie()
    .map((each) => new RegExp(`^${name}=([^;]+)`).exec(each)?.[1])
    .find((value) => value !== undefined)

/** Brings both up. Some seconds; `stop()` after. */
export const signInWorld = async (): Promise<SignInWorld> => {
  const provider = await HostileProvider.start()
  const service = await testService({ settings: { GATEHOUSE_EGRESS_PRIVATE_HOSTS: provider.host } })
  const { status, body } = await service.ask('acme_owner', 'POST', '/v1/identity-providers', {
    ...{ slug: 'hostile', name: 'Hostile', issuer: provider.issuer, client_id: 'gatehouse', client_auth: 'none' },
    ...{ jit: 'link', step_up_acr: ['two'] },
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  const providerId = String(body['id'])
  const world: SignInWorld = {
    ...{ service, provider, providerId },
    begin: async (query = '') => {
      const response = await fetch(`${service.url}/auth/login?tenant=acme&provider=hostile${query}`, {
        redirect: 'manual',
      })
      const { searchParams } = new URL(response.headers.get('location') ?? 'http://none.invalid')
      const cookie = cookieIn(response.headers, '__Host-gatehouse-sign-in') ?? ''
      return { state: searchParams.get('state') ?? '', nonce: searchParams.get('nonce') ?? '', cookie }
    },
    claims: ({ nonce }, part = {}) => {
      const now = Math.floor(Date.now() / 1000)
      return {
        ...{ iss: provider.issuer, aud: 'gatehouse', sub: 'mia', nonce, iat: now, exp: now + 300, auth_time: now },
        ...{ email: 'member@acme.example', email_verified: true },
        ...part,
      }
    },
    end: async (begun, { id = providerId, search, cookie = begun.cookie } = {}) => {
      const query = search ?? `?code=c&state=${begun.state}`
      const response = await fetch(`${service.url}/auth/callback/${id}${query}`, {
        redirect: 'manual',
        headers: { cookie: `__Host-gatehouse-sign-in=${cookie}` },
      })
      const text = await response.text()
      const said = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string; reasons?: { id: string }[] }
      return {
        ...{ status: response.status, code: said.code, reasons: (said.reasons ?? []).map(({ id: reason }) => reason) },
        location: response.headers.get('location'),
        session: cookieIn(response.headers, '__Host-gatehouse'),
      }
    },
    signIn: async (subject, part = {}) => {
      const begun = await world.begin()
      provider.idToken = await provider.sign(world.claims(begun, { sub: subject, ...part }))
      return world.end(begun)
    },
    stop: async () => {
      await service.stop()
      await provider.stop()
    },
  }
  return world
}

/** Who a session's cookie is, to the service. */
export const byCookie = async (
  url: string,
  secret: string,
): Promise<{ status: number; code?: string; name?: string }> => {
  const response = await fetch(`${url}/v1/whoami`, { headers: { cookie: `__Host-gatehouse=${secret}` } })
  const body = (await response.json()) as { code?: string; name?: string }
  return { ...body, status: response.status }
}

/** How long it takes until a session counts no more, in milliseconds; at most some seconds. */
export const untilRefused = async (ask: () => Promise<{ status: number }>): Promise<number> => {
  const begun = Date.now()
  while ((await ask()).status !== 401 && Date.now() - begun < 10_000) await delay(20)
  return Date.now() - begun
}
