import { shown, type Step } from '../demo/step.js'
import type { SsoWorld } from './world.js'

/** Stops the person's own organisation: it is this world's alone, and nothing in it runs extensions. */
const engage = async (world: SsoWorld) => {
  const { body } = await world.ask('GET', '/v1/whoami')
  const { id: target } = body['tenant'] as { id: string }
  return world.ask('POST', '/v1/kills', { scope: 'tenant', target, reason: 'a drill' }, await world.csrf())
}

/** What a browser goes through, in this order. */
export const browserSteps: readonly Step<SsoWorld>[] = [
  {
    name: 'home_realm_by_domain',
    show: async ({ url, issuer }) => {
      const login = (address: string) =>
        fetch(`${url}/auth/login?login_hint=${encodeURIComponent(address)}`, { redirect: 'manual' })
      const [ours, nobody, others] = [
        await login('admin@acme.example'),
        await login('no-such-person@acme.example'),
        await login('admin@elsewhere.example'),
      ]
      const to = ours.headers.get('location') ?? ''
      shown(to.startsWith(`${issuer}/auth?request_uri=`), 'the request was pushed to the provider', to)
      shown(nobody.status === ours.status, 'an address of nobody is told like one of somebody', nobody.status)
      shown(others.status === 404, 'a domain that nobody proved leads nowhere', others.status)
      return { to: new URL(to).origin, pushed: true, unknown: (await others.json()) as object }
    },
  },
  {
    name: 'signed_in',
    show: async (world) => {
      await world.page.goto(`${world.url}/auth/login`)
      await world.page.fill('#login_hint', 'owner@acme.example')
      await world.page.click('button')
      await world.beAt('acme_owner', 'one')
      await world.page.waitForURL(`${world.url}/auth/session`)
      const cookie = (await world.context.cookies(world.url)).find(({ name }) => name === '__Host-gatehouse')
      const { secure, httpOnly, sameSite } = cookie ?? {}
      shown(secure === true && httpOnly === true && sameSite === 'Lax', 'a __Host- cookie that no script reads', cookie)
      const { body } = await world.ask('GET', '/v1/whoami')
      shown(
        body['key'] === null && String(body['name']).startsWith('Ana'),
        'whoami knows the person by the session',
        body,
      )
      return { name: body['name'], session: body['session'] }
    },
  },
  {
    name: 'forged_request_refused',
    show: async (world) => {
      const { status, body } = await world.ask('POST', '/auth/logout')
      shown(status === 403 && body['code'] === 'auth.csrf', 'without the token nothing is changed', body)
      return { status, code: body['code'] }
    },
  },
  {
    name: 'step_up_demanded',
    show: async (world) => {
      const { status, body, challenge } = await engage(world)
      shown(status === 401 && body['code'] === 'auth.step_up_required', 'one factor does not stop anything', body)
      shown(challenge?.includes('insufficient_user_authentication') ?? false, 'the challenge of RFC 9470', challenge)
      return { status, challenge, decision: body['decision_id'] }
    },
  },
  {
    name: 'step_up_given',
    show: async (world) => {
      const cookie = async () =>
        (await world.context.cookies(world.url)).find(({ name }) => name === '__Host-gatehouse')?.value
      const before = await cookie()
      await world.page.goto(`${world.url}/auth/login?step_up=1`)
      await world.beAt('acme_owner', 'two')
      await world.page.waitForURL(`${world.url}/auth/session`)
      const stale = await fetch(`${world.url}/v1/whoami`, { headers: { cookie: `__Host-gatehouse=${before}` } })
      shown(stale.status === 401, 'the session before is over', stale.status)
      const { body: session } = await world.ask('GET', '/auth/session')
      const { status, body } = await engage(world)
      shown(status === 201, 'with a fresh second factor policy lets it through', body)
      return { status, session: session['session'] }
    },
  },
]
