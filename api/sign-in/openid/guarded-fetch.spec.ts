import { describe, expect, it } from '@jest/globals'
import { HostResolver } from '../../platform/http/host-resolver.js'
import type { ClientKeys } from './client-keys.js'
import { guardedFetch, type Wall } from './guarded-fetch.js'
import { RelyingParty } from './relying-party.js'

const ADDRESSES: Readonly<Record<string, string>> = { 'idp.corp.example': '10.1.2.3', 'idp.example': '93.184.216.34' }

const wall: Wall = {
  resolver: new HostResolver([], async (host) => {
    const address = ADDRESSES[host]
    if (address === undefined) throw new Error('ENOTFOUND')
    return [{ address, family: 4 }]
  }),
  sender: { send: () => Promise.reject(new Error('nothing is sent in this test')) },
  own: () => null,
}
const get = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const

describe('what an issuer that is not asked is told', () => {
  it.each([
    ['https://idp.nowhere.example/', /^the name idp\.nowhere\.example leads to no address: check/],
    [
      'https://idp.corp.example/',
      /^(?!.*10\.1).*leads to an address that is not public: .*add idp\.corp\.example:443 to/,
    ],
    ['https://idp.corp.example:8443/', /idp\.corp\.example:8443 to GATEHOUSE_EGRESS_PRIVATE_HOSTS$/],
    ['https://localhost/', /^localhost leads to an address that is not public/],
    ['https://10.1.2.3/', /10\.1\.2\.3 is a bare address: .*add 10\.1\.2\.3:443 to GATEHOUSE_EGRESS_PRIVATE_HOSTS$/],
    ['http://idp.example/', /idp\.example is asked by http: name it by https/],
  ])('%s', async (url, words) => {
    await expect(guardedFetch(wall)(url, get)).rejects.toThrow(words)
  })

  it('names cause and remedy alone, without what the library says around it', async () => {
    const relyingParty = new RelyingParty({ keys: {} as ClientKeys, wall })
    const said = relyingParty.probe('https://idp.nowhere.example').catch((error: { details: unknown }) => error.details)
    expect(await said).toMatchObject({
      errors: [{ pointer: '/issuer', detail: expect.stringMatching(/^the name idp\.nowhere\.example leads to no/) }],
    })
    const failing = relyingParty.probe('https://idp.example').catch((error: { details: unknown }) => error.details)
    expect(await failing).toMatchObject({
      errors: [{ detail: 'does not answer as an OpenID provider: nothing is sent in this test' }],
    })
  })
})
