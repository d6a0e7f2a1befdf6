import { randomBytes } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DomainClaim, IdentityProviderCreate } from '#contract/api/sign-in.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import type { Caller } from '../platform/http/caller.js'
import { keyEncryptionKey } from '../platform/keys/sealed-secret.js'
import { Domains } from './domains.service.js'
import { Providers } from './providers.service.js'
import { Sessions } from './sessions.service.js'

Logger.overrideLogger(false)

const LIMITS = { idle: 3600, absolute: 43_200, access: 900 }
let seeded: SeededPeople
let sessions: Sessions
let domains: Domains
let owner: Caller
let other: Caller
let providerId: string
/** What the name servers say; null where they say nothing. */
let records: string[][] | null = []

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, callers } = seeded
  const parts = { database: postgres.database, gate: shipped.gate, callers }
  const relyingParty = { probe: async () => ({ issuer: '' }) }
  const serviceProvider = {
    read: () => Promise.reject(new Error('no metadata is read here')),
    entityId: (id: string) => id,
  }
  const providers = new Providers({ ...parts, relyingParty, serviceProvider, kek: keyEncryptionKey(randomBytes(32)) })
  sessions = new Sessions({ ...parts, limits: LIMITS })
  domains = new Domains({ ...parts, lookUp: async () => records })
  owner = await seeded.as('acme_owner')
  other = await seeded.as('globex_owner')
  const made = { slug: 'main', name: 'Main', issuer: 'https://login.example', client_id: 'c' }
  providerId = (await providers.create(owner, IdentityProviderCreate.parse(made))).id
}, 60_000)
afterAll(() => seeded.drop())

const begin = async (client: 'browser' | 'cli' = 'browser') => {
  const authentication = { issuer: 'https://login.example', subject: 's', sid: null, acr: null, second_factor: false }
  return sessions.begin({
    ...{
      tenant_id: owner.tenantId!,
      principal_id: owner.principalId!,
      provider_id: providerId,
      client,
      label: 'a test',
      decision_id: null,
    },
    authentication: { ...authentication, auth_time: new Date() },
  })
}
const resolve = (secret: string) => {
  seeded.callers.forget()
  return seeded.callers.resolveCookie({ secret, unsafe: false, csrfToken: undefined }, 'c')
}
/** Lets time pass for one session: moves a moment of its row. */
const set = async (id: string, change: string) =>
  (await seeded.postgres.owner()).query(`UPDATE session SET ${change} WHERE id = $1`, [id])

describe('a session', () => {
  it('lasts as long as its limits, and no longer', async () => {
    const { session } = await begin()
    const [idle, absolute] = [session.idle_until, session.expires_at].map(
      (each) => Date.parse(each) - Date.parse(session.created_at),
    )
    expect([idle, absolute]).toEqual([LIMITS.idle * 1000, LIMITS.absolute * 1000])
  })

  it.each([
    ['unused', "idle_until = now() - interval '1 second'"],
    ['in the end', "expires_at = now() - interval '1 second'"],
    ['ended', 'ended_at = now()'],
  ])('is over %s', async (_why, change) => {
    const { session, secret } = await begin()
    expect(await resolve(secret)).toMatchObject({ session: { id: session.id, client: 'browser' } })
    await set(session.id, change)
    expect(await refusal(resolve(secret))).toEqual(['auth.session_ended'])
  })

  it('that ended does not begin again, whoever writes', async () => {
    const { session } = await begin()
    await set(session.id, 'ended_at = now()')
    await expect(set(session.id, 'ended_at = NULL')).rejects.toMatchObject({ code: 'GH009' })
  })

  it('begins its idle time anew when it is used, and its end stays', async () => {
    const { session, secret } = await begin()
    await set(session.id, "last_used_at = now() - interval '2 minutes', idle_until = now() + interval '5 minutes'")
    const caller = await resolve(secret)
    const current = async () => sessions.current(caller)
    let now = await current()
    for (let tries = 0; Date.parse(now.idle_until) < Date.now() + 3_000_000 && tries < 1_000; tries++)
      now = await current()
    expect(Date.parse(now.idle_until)).toBeGreaterThan(Date.now() + 3_000_000)
    expect(now.expires_at).toBe(session.expires_at)
  })

  it('changes its cookie’s secret, and for a moment takes the one before', async () => {
    const { session, secret } = await begin()
    const caller = await resolve(secret)
    expect(await sessions.rotate(caller, secret)).toBeUndefined()
    await set(session.id, "rotated_at = now() - interval '10 minutes'")
    const rotated = await sessions.rotate(caller, secret)
    expect([(await resolve(rotated!)).session?.id, (await resolve(secret)).session?.id]).toEqual([
      session.id,
      session.id,
    ])
    await set(session.id, "rotated_at = now() - interval '1 minute'")
    expect(await refusal(resolve(secret))).toEqual(['auth.session_ended'])
    expect((await resolve(rotated!)).session?.id).toBe(session.id)
  })

  it('of a command needs a refresh after its access time, and keeps no secret', async () => {
    const { session, secret, refreshToken } = await begin('cli')
    const ask = () => {
      seeded.callers.forget()
      return seeded.callers.resolve(`Bearer ${secret}`, 'c')
    }
    expect(await ask()).toMatchObject({ session: { client: 'cli' } })
    await set(session.id, "access_until = now() - interval '1 second'")
    expect(await refusal(ask())).toEqual(['auth.session_ended'])
    const { rows } = await (await seeded.postgres.owner()).query('SELECT * FROM session WHERE id = $1', [session.id])
    expect(JSON.stringify(rows)).not.toContain(secret.slice(13))
    expect(JSON.stringify(rows)).not.toContain(refreshToken!.slice(13))
  })
})

describe('a domain', () => {
  const claim = (who: Caller, domain: string) => domains.claim(who, DomainClaim.parse({ domain }))

  it('is claimed by many and proven by one, by its record alone', async () => {
    const [ours, theirs] = [await claim(owner, 'one.example'), await claim(other, 'one.example')]
    records = [['gatehouse-domain-', `verification=${ours.record.value.split('=')[1]}`], ['v=spf1 -all']]
    expect(await domains.verify(owner, ours.id)).toMatchObject({ verified_at: expect.any(String) })
    expect(await refusal(domains.verify(other, theirs.id))).toEqual(['admin.domain_unproven'])
    records = [[theirs.record.value]]
    expect(await refusal(domains.verify(other, theirs.id))).toEqual(['already_exists'])
    records = null
    expect(await refusal(domains.verify(owner, ours.id))).toEqual(['admin.domain_unproven'])
  })

  it('lapses once its record is gone, and not while name servers say nothing', async () => {
    const { id, record } = await claim(owner, 'lapsing.example')
    records = [[record.value]]
    await domains.verify(owner, id)
    // Nothing writes a governed row without its decision, so the time is let pass with its trigger away.
    const postgres = await seeded.postgres.owner()
    await postgres.query('ALTER TABLE verified_domain DISABLE TRIGGER governed')
    await postgres.query("UPDATE verified_domain SET checked_at = now() - interval '2 days' WHERE id = $1", [id])
    await postgres.query('ALTER TABLE verified_domain ENABLE TRIGGER governed')
    const proven = async () => {
      const { items } = await domains.list(owner, { limit: 50 })
      return items.find((each) => each.id === id)!.verified_at !== null
    }
    records = null
    await domains.recheck('c')
    expect(await proven()).toBe(true)
    records = []
    await domains.recheck('c')
    expect(await proven()).toBe(false)
  })

  it('is not claimed twice by the same organisation, nor for a provider of another', async () => {
    await claim(owner, 'two.example')
    expect(await refusal(claim(owner, 'TWO.example'))).toEqual(['already_exists'])
    const foreign = domains.claim(other, DomainClaim.parse({ domain: 'three.example', provider_id: providerId }))
    expect(await refusal(foreign)).toEqual(['request.invalid'])
  })

  it.each(['localhost', 'a..example', '-a.example', 'a.example.', 'exämple.com', '*.example', 'a b.example', ''])(
    'is a name: not %j',
    (domain) => expect(DomainClaim.safeParse({ domain }).success).toBe(false),
  )
})
