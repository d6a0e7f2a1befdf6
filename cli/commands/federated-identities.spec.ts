import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const GITHUB = 'https://token.actions.githubusercontent.com'
const IDENTITY = {
  ...{ id: ID, tenant_id: ID, principal_id: ID, name: 'deploy', issuer: GITHUB, audience: 'https://gatehouse.example' },
  ...{ subject: null, claims: { repository: 'acme/app' }, single_use: true },
  ...{ expires_at: null, revoked_at: null, last_used_at: null, created_at: 'now' },
}
const ADD = ['service-accounts', 'identities', 'add', ID, '--name', 'deploy', '--issuer', GITHUB]

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
  service.tell(IDENTITY)
})
afterEach(() => service.stop())

describe('gatehouse service-accounts identities', () => {
  it('adds trust with claims, each token once unless it is told otherwise, and says what is next', async () => {
    const claims = ['--claim', 'repository=acme/app', 'ref=refs/heads/release-*']
    const { stdout } = await service.gatehouse(...ADD, ...claims)
    expect(service.asked[0]).toEqual({
      request: `POST /v1/service-accounts/${ID}/identities`,
      body: {
        ...{ name: 'deploy', issuer: GITHUB, single_use: true },
        claims: { repository: 'acme/app', ref: 'refs/heads/release-*' },
      },
    })
    expect(stdout).toContain(`client_id=${ID}`)
    await service.gatehouse(...ADD, '--subject', 'a=b', '--audience', 'x', '--reusable')
    expect(service.asked[1]!.body).toMatchObject({ subject: 'a=b', audience: 'x', claims: {}, single_use: false })
  })

  it.each([
    [['--claim', 'repository'], 'NAME=VALUE'],
    [['--claim', '=acme/app'], 'NAME=VALUE'],
    [['--claim', 'repository='], 'NAME=VALUE'],
    [['--claim', 'ref=a', 'ref=b'], 'names ref twice'],
  ])('asks nothing of the service for %j', async (flags, words) => {
    const { code, stderr } = await service.gatehouse(...ADD, ...flags)
    expect([code, service.asked]).toEqual([2, []])
    expect(stderr).toContain(words)
  })

  it('lists what is taken, and removes it', async () => {
    service.tell({ items: [IDENTITY], next_cursor: null })
    const { stdout } = await service.gatehouse('service-accounts', 'identities', 'list', ID)
    for (const words of [GITHUB, 'repository=acme/app', 'once']) expect(stdout).toContain(words)
    service.tell({ ...IDENTITY, revoked_at: 'now' })
    await service.gatehouse('service-accounts', 'identities', 'remove', ID, ID)
    expect(service.asked.at(-1)!.request).toBe(`DELETE /v1/service-accounts/${ID}/identities/${ID}`)
  })
})
