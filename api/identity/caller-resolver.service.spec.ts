import { beforeEach, describe, expect, it } from '@jest/globals'
import { Problem } from '#contract/problems.js'
import { newApiKey } from './api-key.rules.js'
import { Callers } from './caller-resolver.service.js'
import type { CallerRepository, KeyRow } from './caller.repository.js'
import { scopesOf } from './scopes.rules.js'

const TENANT = '0198c0de-0000-7000-8000-000000000001'
const issued = newApiKey()
const row: KeyRow = {
  id: '0198c0de-0000-7000-8000-000000000002',
  tenant_id: TENANT,
  publisher_id: null,
  kind: 'user',
  roles: ['admin'],
  custom_scopes: [],
  in_workspaces: {},
  pseudonym: 'u_1',
  tenant: { id: TENANT, status: 'active', standing: {} },
  key_id: '0198c0de-0000-7000-8000-000000000003',
  hash: issued.hash,
  key_scopes: ['installs:read', 'kill:release'],
  expires_at: null,
}

let kept: KeyRow | undefined
let lookUps: number
let now: number
let callers: Callers

beforeEach(() => {
  kept = row
  lookUps = 0
  now = 1_000
  const repository: Pick<CallerRepository, 'key' | 'token' | 'scimToken' | 'session' | 'serviceToken' | 'principal'> = {
    key: async (prefix) => {
      lookUps++
      return prefix === issued.prefix ? kept : undefined
    },
    token: async () => undefined,
    scimToken: async () => undefined,
    session: async () => undefined,
    serviceToken: async () => undefined,
    principal: async (pseudonym) => (pseudonym === row.pseudonym ? kept : undefined),
  }
  callers = new Callers(repository, { monotonic: { now: () => now }, wall: () => now })
})

const resolve = (authorization?: string) => callers.resolve(authorization, 'c1')
const codeOf = (authorization?: string): Promise<string> =>
  resolve(authorization).then(
    () => 'resolved',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
const bearer = `Bearer ${issued.secret}`

describe('Callers', () => {
  it("gives the person with the roles' scopes cut down to the key's own", async () => {
    const caller = await resolve(bearer)
    expect(caller).toMatchObject({ principalId: row.id, tenantId: TENANT, keyId: row.key_id, correlationId: 'c1' })
    expect(caller.actor).toMatchObject({ id: 'u_1', scopes: ['installs:read'], platform: false })
  })

  it.each([
    ['nothing', undefined, 'auth.required'],
    ['another scheme', 'Basic abc', 'auth.invalid'],
    ['a malformed key', 'Bearer ghk_x', 'auth.invalid'],
    ['an unknown key', `Bearer ${newApiKey().secret}`, 'auth.invalid'],
    ['a known prefix with another secret', `Bearer ghk_${issued.prefix}_${'A'.repeat(43)}`, 'auth.invalid'],
  ])('refuses %s', async (_, authorization, code) => expect(await codeOf(authorization)).toBe(code))

  it('looks a key up once for all requests of a second', async () => {
    await Promise.all([resolve(bearer), resolve(bearer), resolve(bearer)])
    expect(lookUps).toBe(1)
  })

  it('accepts a revoked key for a second at most, and on this node not at all', async () => {
    await resolve(bearer)
    kept = undefined
    now += 1_001
    expect(await codeOf(bearer)).toBe('auth.invalid')
    kept = row
    callers.forget()
    await resolve(bearer)
    kept = undefined
    callers.forget()
    expect(await codeOf(bearer)).toBe('auth.invalid')
  })

  it('refuses a key from the millisecond it expires, cached or not', async () => {
    kept = { ...row, expires_at: new Date(1_500) }
    expect(await codeOf(bearer)).toBe('resolved')
    now = 1_500
    expect(await codeOf(bearer)).toBe('auth.invalid')
  })

  it('keeps no failed look-up', async () => {
    let failing = true
    const flaky: Pick<CallerRepository, 'key' | 'token' | 'scimToken' | 'session' | 'serviceToken' | 'principal'> = {
      key: async () => {
        if (failing) throw new Error('connection lost')
        return row
      },
      token: async () => undefined,
      scimToken: async () => undefined,
      session: async () => undefined,
      serviceToken: async () => undefined,
      principal: async () => undefined,
    }
    callers = new Callers(flaky, { monotonic: { now: () => now }, wall: () => now })
    await expect(resolve(bearer)).rejects.toThrow('connection lost')
    failing = false
    expect(await codeOf(bearer)).toBe('resolved')
  })

  it('names whoever opened something with all that the roles give today', async () => {
    const caller = await callers.callerOf('u_1', 'c2')
    expect(caller?.actor.scopes).toEqual(scopesOf({ roles: ['admin'], custom_scopes: [] }))
    expect(await callers.callerOf('u_2', 'c2')).toBeNull()
  })
})
