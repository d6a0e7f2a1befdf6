import { beforeAll, describe, expect, it } from '@jest/globals'
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose'
import { athOf, PROOF_WINDOW_S, ProofRefused, proofOf } from './proof.rules.js'
import { isFreshNonce, nonceKey, nonceOf } from './nonces.rules.js'

const NOW = 1_790_000_000_000
const AT = NOW / 1000
const TOKEN = 'a-token'
const url = new URL('https://gatehouse.example/v1/whoami?limit=1')

let privateKey: CryptoKey
let jwk: JWK
beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  privateKey = pair.privateKey
  jwk = await exportJWK(pair.publicKey)
})

const CLAIMS: JWTPayload = {
  ...{ jti: 'one-of-its-kind', htm: 'GET', htu: 'https://gatehouse.example/v1/whoami', iat: AT, ath: athOf(TOKEN) },
}
const signed = (claims: object = {}, header: object = {}, key: CryptoKey | Uint8Array = privateKey) =>
  new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header }).sign(key)
const read = (proof: string | undefined, token: string | undefined = TOKEN) =>
  proofOf({ proof, method: 'GET', url, token, now: NOW })
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

describe('a proof of a key (RFC 9449, section 4.3)', () => {
  it('names the thumbprint of its key', async () => {
    expect(await read(await signed())).toMatchObject({ jkt: await calculateJwkThumbprint(jwk), jti: 'one-of-its-kind' })
  })

  it.each([
    ['query and fragment', 'https://gatehouse.example/v1/whoami?other=2#there'],
    ['another spelling of the same address', 'https://GATEHOUSE.example:443/v1/./whoami'],
  ])('does not mind %s', async (_what, htu) => expect(await read(await signed({ htu }))).toBeDefined())

  it.each<[string, () => Promise<string | undefined> | string | undefined]>([
    ['there is none', () => undefined],
    ['it is no JWT', () => 'x.y.z'],
    ['there are two', async () => `${await signed()}, ${await signed()}`],
    ['it is unsigned', () => `${encoded({ typ: 'dpop+jwt', alg: 'none', jwk })}.${encoded(CLAIMS)}.`],
    ['its secret would be the public key', () => signed({}, { alg: 'HS256' }, Buffer.from(JSON.stringify(jwk)))],
    ['its key is symmetric', () => signed({}, { alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }, Buffer.from('AAAA'))],
    ['it carries a private key', async () => signed({}, { jwk: await exportJWK(privateKey) })],
    ['another key signed it', async () => signed({}, {}, (await generateKeyPair('ES256')).privateKey)],
    ['it names no key', () => signed({}, { jwk: undefined })],
    ['it is a JWT of another kind', () => signed({}, { typ: 'JWT' })],
    ['it has no jti', () => signed({ jti: undefined })],
    ['its jti could be anybody’s', () => signed({ jti: '1' })],
    ['it is for another method', () => signed({ htm: 'POST' })],
    ['it is for another path', () => signed({ htu: 'https://gatehouse.example/v1/kills' })],
    ['it is for another host', () => signed({ htu: 'https://other.example/v1/whoami' })],
    ['it is for another scheme', () => signed({ htu: 'http://gatehouse.example/v1/whoami' })],
    ['its address is none', () => signed({ htu: '/v1/whoami' })],
    ['it is stale', () => signed({ iat: AT - PROOF_WINDOW_S - 1 })],
    ['it is of the future', () => signed({ iat: AT + PROOF_WINDOW_S + 1 })],
    ['it says no time', () => signed({ iat: undefined })],
    ['it is of another token', () => signed({ ath: athOf('another') })],
    ['it is of no token', () => signed({ ath: undefined })],
    ['it has no end', () => signed({ much: 'x'.repeat(9000) })],
  ])('is refused where %s', async (_what, make) => {
    await expect(read(await make())).rejects.toMatchObject({ error: 'invalid_dpop_proof' })
    await expect(read(await make())).rejects.toBeInstanceOf(ProofRefused)
  })
})

describe('a nonce', () => {
  const key = nonceKey(Buffer.alloc(32, 1))

  it('is the same on every instance, and counts for ten minutes at most', () => {
    const nonce = nonceOf(nonceKey(Buffer.alloc(32, 1)), NOW)
    expect(isFreshNonce(key, nonce, NOW)).toBe(true)
    expect(isFreshNonce(key, nonce, NOW + 300_000)).toBe(true)
    expect(isFreshNonce(key, nonce, NOW + 600_000)).toBe(false)
    expect(isFreshNonce(key, nonce, NOW - 300_000)).toBe(false)
  })

  it.each(['', 'guessed', 'x'.repeat(200)])('is not %j', (nonce) => expect(isFreshNonce(key, nonce, NOW)).toBe(false))

  it('is another under another key', () =>
    expect(isFreshNonce(nonceKey(Buffer.alloc(32, 2)), nonceOf(key, NOW), NOW)).toBe(false))
})
