import { createVerify, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { metadataOf, newSamlKey, SamlWorld, SHA1, type SamlBegun, type Said } from '../testing/saml-world.js'
import { byCookie } from '../testing/sign-in-world.js'

let world: SamlWorld
beforeAll(async () => {
  world = await SamlWorld.start()
}, 120_000)
afterAll(() => world?.service.stop())

const FAILED = { status: 400, code: 'sign_in.failed', session: undefined }
const OK = { status: 303, location: '/auth/session' }

/** Ends a fresh sign-in with what `make` makes. */
const withResponse = async (make: (begun: SamlBegun) => string) => {
  const begun = await world.begin()
  return world.end(begun, make(begun))
}
const evil = { id: '_evil', subject: 'ana', email: 'owner@acme.example' }
const signatureIn = (xml: string) => /<(?:ds:)?Signature[\s\S]*?<\/(?:ds:)?Signature>/.exec(xml)![0]
const assertionIn = (xml: string) => /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)![0]

describe('a sign-in by SAML', () => {
  it('asks by a signed request, and ends in a session of whom the provider vouches for', async () => {
    const begun = await world.begin()
    const { searchParams, search } = begun.location
    expect(begun.request).toContain('nameid-format:persistent')
    const metadata = await (await fetch(`${world.service.url}/auth/saml/${world.id}/metadata`)).text()
    const certificate = new X509Certificate(
      Buffer.from(/X509Certificate>([^<]+)</.exec(metadata)![1]!.replaceAll(/\s/g, ''), 'base64'),
    )
    const signed = search.slice(1, search.indexOf('&Signature='))
    const signature = Buffer.from(searchParams.get('Signature')!, 'base64')
    expect(createVerify('sha256').update(signed).verify(certificate.publicKey, signature)).toBe(true)
    const ended = await world.end(begun, world.good(begun))
    expect(ended).toMatchObject(OK)
    expect(await byCookie(world.service.url, ended.session!)).toMatchObject({ name: 'Mia, member at Acme' })
  })

  it('knows somebody again by NameID, whatever address they have', async () => {
    const ended = await withResponse((begun) => world.good(begun, { email: 'other@acme.example' }))
    expect(await byCookie(world.service.url, ended.session!)).toMatchObject({ name: 'Mia, member at Acme' })
  })

  it('takes an assertion that the signed response covers', async () => {
    const ended = await withResponse((begun) => world.sign(world.response(begun, world.assertion(begun)), 'Response'))
    expect(ended).toMatchObject(OK)
  })

  it('lets clocks differ by some seconds', async () => {
    expect(await withResponse((begun) => world.good(begun, { lasts: -30 }))).toMatchObject(OK)
  })

  it('follows a rotation: both certificates count, then one', async () => {
    const next = await newSamlKey()
    const renew = async (keys: Parameters<typeof metadataOf>[0]) => {
      const { body } = await world.service.ask('acme_owner', 'GET', '/v1/identity-providers')
      const { version } = (body['items'] as { id: string; version: number }[]).find(({ id }) => id === world.id)!
      const path = `/v1/identity-providers/${world.id}/saml`
      return (await world.service.ask('acme_owner', 'PUT', path, { version, metadata: metadataOf(keys) })).status
    }
    const byNext = (begun: SamlBegun) =>
      world.sign(world.response(begun, world.assertion(begun)), 'Assertion', { key: next })
    expect(await renew([world.key, next])).toBe(200)
    expect(await withResponse(byNext)).toMatchObject(OK)
    expect(await withResponse((begun) => world.good(begun))).toMatchObject(OK)
    expect(await renew([world.key])).toBe(200)
    expect(await withResponse(byNext)).toMatchObject(FAILED)
  })
})

describe('a response is refused', () => {
  it.each<[string, Said]>([
    ['for another audience', { audience: 'https://elsewhere.example' }],
    ['for another recipient', { recipient: 'https://elsewhere.example/acs' }],
    ['for another destination', { destination: 'https://elsewhere.example/acs' }],
    ['of another issuer', { issuer: 'https://elsewhere.example' }],
    ['that expired', { lasts: -120 }],
    ['that counts later', { from: 120 }],
    ['that answers nothing', { answers: null }],
    ['that answers another request', { answers: '_another' }],
    ['whose assertion answers nothing', { confirms: null }],
    ['whose assertion answers another request', { confirms: '_another' }],
    ['whose NameID is transient', { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }],
    ['whose NameID is an address', { format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }],
    ['that did not succeed', { status: 'Responder' }],
  ])('%s', async (_what, said) => {
    expect(await withResponse((begun) => world.good(begun, said))).toMatchObject(FAILED)
  })

  it.each<[string, (begun: SamlBegun) => string]>([
    ['unsigned', (begun) => world.response(begun, world.assertion(begun))],
    ['blank', () => ' '],
    ['no XML', () => 'x'],
    [
      'signed by SHA-1',
      (begun) => world.sign(world.response(begun, world.assertion(begun)), 'Assertion', { by: SHA1 }),
    ],
    ['changed after it was signed', (begun) => world.good(begun).replace('>mia<', '>ana<')],
    [
      'with an external entity',
      (begun) => `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${world.good(begun).replace('>mia<', '>&x;<')}`,
    ],
    [
      'with entities that grow',
      (begun) => `<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>${world.good(begun)}`,
    ],
    ['with a comment in the NameID', (begun) => world.good(begun).replace('>mia<', '>m<!-- x -->ia<')],
    ['with an instruction in it', (begun) => world.good(begun).replace('>mia<', '>m<?x?>ia<')],
  ])('%s', async (_what, make) => expect(await withResponse(make)).toMatchObject(FAILED))

  it('by a key of nobody', async () => {
    const key = await newSamlKey()
    const forged = (begun: SamlBegun) => world.sign(world.response(begun, world.assertion(begun)), 'Assertion', { key })
    expect(await withResponse(forged)).toMatchObject(FAILED)
  })

  it('a second time, in another browser, and at another provider', async () => {
    const begun = await world.begin()
    const xml = world.good(begun)
    expect(await world.end(begun, xml)).toMatchObject(OK)
    expect(await world.end(begun, xml)).toMatchObject(FAILED)
    const stolen = await world.begin()
    expect(await world.end(stolen, world.good(stolen), { cookie: 'of-the-victim' })).toMatchObject(FAILED)
    const { body } = await world.service.ask('acme_owner', 'GET', '/v1/identity-providers')
    const other = (body['items'] as { id: string; slug: string }[]).find(({ slug }) => slug === 'demo')!
    const mixed = await world.begin()
    expect(await world.end(mixed, world.good(mixed), { id: other.id })).toMatchObject(FAILED)
  })

  it('whose assertion was taken before, although it answers this request', async () => {
    const said = { id: '_once' }
    expect(await withResponse((begun) => world.good(begun, said))).toMatchObject(OK)
    expect(await withResponse((begun) => world.good(begun, said))).toMatchObject(FAILED)
  })
})

/** Signature wrapping, numbered as in "On Breaking SAML" (Somorovsky et al., 2012). */
describe('a wrapped signature is refused', () => {
  it.each<[string, (begun: SamlBegun) => string]>([
    [
      'XSW1: the signed response within the signature of another',
      (begun) => {
        const signed = world.sign(world.response(begun, world.assertion(begun)), 'Response')
        const wrapped = signatureIn(signed).replace(
          /<\/(ds:)?Signature>$/,
          (end) => signed.replace(signatureIn(signed), '') + end,
        )
        return world.response(begun, wrapped + world.assertion(begun, evil))
      },
    ],
    [
      'XSW2: the signed response beside its signature',
      (begun) => {
        const signed = world.sign(world.response(begun, world.assertion(begun)), 'Response')
        const apart = signed.replace(signatureIn(signed), '') + signatureIn(signed)
        return world.response(begun, apart + world.assertion(begun, evil))
      },
    ],
    [
      'XSW3: another assertion before the signed one',
      (begun) => world.good(begun).replace('<saml:Assertion', `${world.assertion(begun, evil)}<saml:Assertion`),
    ],
    [
      'XSW4: another assertion around the signed one',
      (begun) =>
        world.response(
          begun,
          world
            .assertion(begun, evil)
            .replace('</saml:Assertion>', `${assertionIn(world.good(begun))}</saml:Assertion>`),
        ),
    ],
    [
      'XSW5: the signature on another assertion, the signed one at the end',
      (begun) => {
        const signed = world.good(begun)
        const forged = world.assertion(begun, evil).replace('</saml:Issuer>', `</saml:Issuer>${signatureIn(signed)}`)
        return world.response(begun, forged + assertionIn(signed).replace(signatureIn(signed), ''))
      },
    ],
    [
      'XSW6: the signed assertion within a signature on another one',
      (begun) => {
        const signed = world.good(begun)
        const bare = assertionIn(signed).replace(signatureIn(signed), '')
        const around = signatureIn(signed).replace(/<\/(ds:)?Signature>$/, (end) => bare + end)
        return world.response(begun, world.assertion(begun, evil).replace('</saml:Issuer>', `</saml:Issuer>${around}`))
      },
    ],
    [
      'XSW7: another assertion in extensions',
      (begun) =>
        world
          .good(begun)
          .replace(
            '<samlp:Status>',
            `<samlp:Extensions>${world.assertion(begun, evil)}</samlp:Extensions><samlp:Status>`,
          ),
    ],
    [
      'XSW8: the signed assertion in an object of the signature',
      (begun) => {
        const signed = world.good(begun)
        const bare = assertionIn(signed).replace(signatureIn(signed), '')
        const object = `<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${bare}</ds:Object>`
        const around = signatureIn(signed).replace(/<\/(ds:)?Signature>$/, (end) => object + end)
        return world.response(begun, world.assertion(begun, evil).replace('</saml:Issuer>', `</saml:Issuer>${around}`))
      },
    ],
    [
      'one id for two elements',
      (begun) => {
        const signed = world.good(begun, { id: '_twin' })
        return signed.replace('<samlp:Status>', '<samlp:Status ID="_twin">')
      },
    ],
  ])('%s', async (_what, make) => expect(await withResponse(make)).toMatchObject(FAILED))
})

describe('metadata', () => {
  const trust = async (metadata: string, more = {}) =>
    (await world.service.ask('acme_owner', 'POST', '/v1/identity-providers/saml', {
      ...{ slug: 'another', name: 'Another', metadata },
      ...more,
    })) as { status: number; body: { code?: string; errors?: { pointer: string }[] } }

  it.each<[string, (good: string) => string]>([
    ['no XML', () => 'x'],
    ['with a document type', (good) => `<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>${good}`],
    ['without a certificate', () => metadataOf([])],
    [
      'without encryption on the way',
      (good) => good.replace('https://saml.acme.example/sso', 'http://saml.acme.example/sso'),
    ],
    ['with a script for an address', (good) => good.replace('https://saml.acme.example/sso', 'javascript:alert(1)')],
  ])('%s is refused', async (_what, make) => {
    const { status, body } = await trust(make(metadataOf([world.key])))
    expect({ status, pointer: body.errors?.[0]?.pointer }).toEqual({ status: 400, pointer: '/metadata' })
  })

  it('at a private address is not fetched', async () => {
    const { status, body } = await world.service.ask('acme_owner', 'POST', '/v1/identity-providers/saml', {
      ...{ slug: 'another', name: 'Another', metadata_url: 'https://169.254.169.254/latest' },
    })
    expect({ status, errors: body['errors'] }).toMatchObject({ status: 400, errors: [{ pointer: '/metadata_url' }] })
  })

  it('of another provider does not take the place of this one', async () => {
    const { body } = await world.service.ask('acme_owner', 'PUT', `/v1/identity-providers/${world.id}/saml`, {
      ...{ version: 1, metadata: metadataOf([world.key], 'https://elsewhere.example') },
    })
    expect(body).toMatchObject({ code: 'request.invalid' })
  })

  it('is asked for by an owner alone', async () => {
    const { status } = await world.service.ask('acme_member', 'POST', '/v1/identity-providers/saml', {
      ...{ slug: 'mine', name: 'Mine', metadata: metadataOf([world.key]) },
    })
    expect(status).toBe(403)
  })
})
