import { shown } from '../../demo/step.js'
import type { WalkGround } from './walk-ground.js'

const SESSION = '__Host-gatehouse'
/** Ways through a sign-in are shorter than this. */
const MAX_STEPS = 12

/** A browser's session, and the token that its requests carry that change something. */
export interface Session {
  readonly cookie: string
  readonly csrf: string
}

/** The people whom the embedded identity provider knows. */
type Known = 'acme_owner' | 'acme_admin' | 'acme_member'

/** Cookies of every host, as a browser keeps them. */
class Jar {
  private readonly kept = new Map<string, Map<string, string>>()

  header(url: URL): string {
    return [...(this.kept.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  take(url: URL, headers: Headers): void {
    const mine = this.kept.get(url.host) ?? new Map<string, string>()
    for (const cookie of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') mine.delete(name)
      else mine.set(name, value)
    }
    this.kept.set(url.host, mine)
  }
}

const form = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

/** Sends a form, with the cookie of a session where there is one; follows nothing. */
export const post = (url: string, fields: Readonly<Record<string, string>>, session?: Session): Promise<Response> => {
  const { headers, ...rest } = form(fields)
  const cookie = session && { cookie: `${SESSION}=${session.cookie}` }
  return fetch(url, { ...rest, headers: { ...(headers as Record<string, string>), ...cookie }, redirect: 'manual' })
}

/** One request of a session. */
export const visit = ({ cookie, csrf }: Session, url: string, method = 'GET'): Promise<Response> =>
  fetch(url, { method, redirect: 'manual', headers: { cookie: `${SESSION}=${cookie}`, 'x-csrf-token': csrf } })

/** Signs somebody in by the embedded identity provider, page by page, with a second factor. */
export const signIn = async ({ url }: WalkGround, person: Known): Promise<Session> => {
  const jar = new Jar()
  const [tenant, role] = person.split('_')
  let at = new URL(`/auth/login?login_hint=${role}@${tenant}.example`, url)
  let cookie = ''
  for (let step = 0; step < MAX_STEPS && cookie === ''; step++) {
    const asked = /^\/interaction\/[\w-]+$/.test(at.pathname) ? form({ sub: person, factors: 'two' }) : {}
    const headers = { ...(asked.headers as Record<string, string> | undefined), cookie: jar.header(at) }
    const response = await fetch(at, { ...asked, headers, redirect: 'manual' })
    jar.take(at, response.headers)
    const location = response.headers.get('location')
    shown(location !== null, 'a step of signing in leads on', [at.pathname, response.status, await response.text()])
    cookie = new RegExp(`(?:^|; )${SESSION}=([^;]+)`).exec(jar.header(new URL(url)))?.[1] ?? ''
    at = new URL(location, at)
  }
  shown(cookie !== '', `${person} is signed in`, at.href)
  const current = await fetch(new URL('/auth/session', url), { headers: { cookie: `${SESSION}=${cookie}` } })
  jar.take(new URL(url), current.headers)
  const { csrf_token } = (await current.json()) as { csrf_token: string }
  return { cookie: new RegExp(`(?:^|; )${SESSION}=([^;]+)`).exec(jar.header(new URL(url)))![1]!, csrf: csrf_token }
}

/** Signs in by a SAML provider, from the page given to the form that it sends back. */
export const arriveBySaml = async ({ url }: WalkGround, login: string): Promise<void> => {
  const jar = new Jar()
  const begun = await fetch(new URL(login, url), { redirect: 'manual' })
  jar.take(new URL(url), begun.headers)
  const page = await (await fetch(begun.headers.get('location') ?? '')).text()
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  const { headers, ...rest } = form({ SAMLResponse: field('SAMLResponse'), RelayState: field('RelayState') })
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
  shown(action.startsWith(url), 'the provider sends back to the service', page.slice(0, 500))
  const cookie = jar.header(new URL(url))
  await fetch(action, { ...rest, headers: { ...(headers as Record<string, string>), cookie }, redirect: 'manual' })
}
