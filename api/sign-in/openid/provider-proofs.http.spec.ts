import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { TestBrowser } from '../testing/browser-of.js'
import { signInWorld, type SignInWorld } from '../testing/sign-in-world.js'

let world: SignInWorld
beforeAll(async () => {
  world = await signInWorld()
}, 120_000)
afterAll(() => world?.stop())

/** Signs in by the embedded provider, which takes codes and tokens of this client with proofs alone, and each with a nonce. */
const byEmbedded = async (): Promise<TestBrowser> => {
  const browser = new TestBrowser(world.service.url)
  const left = await browser.get('/auth/login?login_hint=owner@acme.example')
  if (left.location === null) throw new Error(left.text)
  const away = new URL(left.location)
  const there = new TestBrowser(away.origin)
  let at = (await there.get(away.pathname + away.search)).location!
  at = (await there.form(new URL(at, away).pathname, { sub: 'acme_owner', factors: 'two' })).location!
  at = (await there.get(new URL(at, away).pathname)).location!
  const back = new URL(at)
  await browser.get(back.pathname + back.search)
  return browser
}

describe('a sign-in by a provider that is asked for proofs (RFC 9449)', () => {
  it('succeeds by code, PAR and nonce, with a key that no other sign-in has', async () => {
    const { body } = await world.service.ask('acme_owner', 'GET', '/v1/identity-providers')
    const [embedded] = (body['items'] as { slug: string; dpop: boolean }[]).filter(({ slug }) => slug !== 'hostile')
    expect(embedded).toMatchObject({ dpop: true })
    const browser = await byEmbedded()
    expect(browser.session).toBeDefined()
    expect(await browser.get('/v1/whoami')).toMatchObject({ status: 200 })
  })

  it('is refused to be asked of a provider that does not say that it takes them', async () => {
    const path = `/v1/identity-providers/${world.providerId}`
    const refused = await world.service.ask('acme_owner', 'PATCH', path, { version: 1, dpop: true })
    expect([refused.status, refused.body['errors']]).toEqual([400, [expect.objectContaining({ pointer: '/dpop' })]])
  })

  it('fails where the provider takes no notice of the proof, or says that it takes none any more', async () => {
    world.provider.proofs = ['ES256']
    const path = `/v1/identity-providers/${world.providerId}`
    const changed = await world.service.ask('acme_owner', 'PATCH', path, { version: 1, dpop: true })
    expect([changed.status, changed.body['dpop']]).toEqual([200, true])
    expect(await world.signIn('mia')).toMatchObject({ status: 400, code: 'sign_in.failed', session: undefined })
    expect(world.provider.lastProof).toBeDefined()
    world.provider.tokenType = 'DPoP'
    expect(await world.signIn('mia')).toMatchObject({ status: 303, session: expect.any(String) })
    const [first, second] = [world.provider.lastProof, (await world.signIn('mia')) && world.provider.lastProof]
    const keyOf = (proof: string | undefined): string => Buffer.from(proof!.split('.')[0]!, 'base64url').toString()
    expect(keyOf(first)).not.toBe(keyOf(second))
  })
})
