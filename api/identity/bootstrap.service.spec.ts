import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Logger } from '@nestjs/common'
import { afterEach, describe, expect, it } from '@jest/globals'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'

Logger.overrideLogger(false)

let people: SeededPeople
afterEach(() => people.drop())

describe('the embedded profile', () => {
  it('starts with the platform, two customers and a publisher, and keeps their keys to itself', async () => {
    people = await seededPeople()
    const { bootstrap, postgres, folder } = people
    const keys = JSON.parse(await readFile(bootstrap.demoKeysFile, 'utf8')) as Record<string, string>
    expect(Object.keys(keys)).toEqual(
      expect.arrayContaining(['operator', 'reviewer', 'acme_admin', 'acme_member', 'acme_developer', 'globex_admin']),
    )
    expect((await stat(bootstrap.demoKeysFile)).mode & 0o777).toBe(0o600)
    expect((await people.as('operator')).actor).toMatchObject({ platform: true, tenant_id: PLATFORM_TENANT_ID })
    const developer = await people.as('acme_developer')
    expect(developer.actor.platform).toBe(false)

    const pem = await readFile(join(folder, 'keys', 'acme-labs.publisher.pem'), 'utf8')
    const { rows } = await postgres.database.inScope({ platform: true }, (tx) =>
      tx.query<{ publisher_id: string; public_key: string }>('SELECT publisher_id, public_key FROM publisher_key'),
    )
    expect(rows).toEqual([
      {
        publisher_id: developer.actor.publisher_id,
        public_key: createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }),
      },
    ])
  }, 60_000)

  it('seeds once, and is closed to a first owner', async () => {
    people = await seededPeople()
    const before = await readFile(people.bootstrap.demoKeysFile, 'utf8')
    await people.bootstrap.onApplicationBootstrap()
    expect(await readFile(people.bootstrap.demoKeysFile, 'utf8')).toBe(before)
    const first = people.bootstrap.firstOwner('test', { token: 'x', name: 'Eve', email: 'eve@evil.example' })
    expect(await refusal(first)).toEqual(['admin.bootstrap_closed', 'admin.bootstrap_token_invalid'])
  }, 60_000)
})

describe('the external profile', () => {
  it('makes one first owner with the one-time token', async () => {
    people = await seededPeople('external')
    const { bootstrap, callers } = people
    const owner = { name: 'Olga', email: 'olga@example.com' }
    expect(await refusal(bootstrap.firstOwner('test', { ...owner, token: 'guess' }))).toEqual([
      'admin.bootstrap_token_invalid',
    ])
    expect((await stat(bootstrap.tokenFile)).mode & 0o777).toBe(0o600)
    const token = (await readFile(bootstrap.tokenFile, 'utf8')).trim()
    const { key, person } = await bootstrap.firstOwner('test', { ...owner, token })
    expect(person).toMatchObject({ ...owner, tenant_id: PLATFORM_TENANT_ID, roles: ['owner', 'operator'] })
    expect((await callers.resolve(`Bearer ${key.secret}`, 'c')).actor.platform).toBe(true)
    await expect(stat(bootstrap.tokenFile)).rejects.toThrow('ENOENT')
    expect(await refusal(bootstrap.firstOwner('test', { ...owner, token }))).toContain('admin.bootstrap_closed')
  }, 60_000)

  it('lets only one of two that come at once in', async () => {
    people = await seededPeople('external')
    const { bootstrap } = people
    const token = (await readFile(bootstrap.tokenFile, 'utf8')).trim()
    const attempts = ['a', 'b'].map((name) =>
      refusal(bootstrap.firstOwner('test', { token, name, email: `${name}@example.com` })),
    )
    const results = (await Promise.all(attempts)).map(([first]) => first)
    expect(new Set(results)).toEqual(new Set(['admin.bootstrap_closed', 'nothing was refused']))
  }, 60_000)
})
