import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testService, type TestService } from './testing/test-service.js'

let service: TestService

beforeAll(async () => {
  service = await testService()
}, 60_000)
afterAll(() => service?.stop())

const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
  service.ask('acme_owner', method, path, body)
const madeBy = async (path: string, body: object): Promise<string> => String((await ask('POST', path, body)).body['id'])

describe('what there are enough of already', () => {
  it('a third token of a SCIM connection, and a connection that is on, say what to do first', async () => {
    const id = await madeBy('/v1/scim/connections', { name: 'Okta' })
    const token = () => ask('POST', `/v1/scim/connections/${id}/tokens`, { name: 'one more' })
    expect([(await token()).status, (await token()).status]).toEqual([201, 201])
    expect(await token()).toMatchObject({
      ...{ status: 409, body: { code: 'too_many', detail: expect.stringContaining('gatehouse scim tokens revoke') } },
    })
    expect(await ask('DELETE', `/v1/scim/connections/${id}`)).toMatchObject({
      ...{ status: 409, body: { code: 'wrong_state', detail: expect.stringContaining('--disable') } },
    })
  })

  it('a third secret of a service account', async () => {
    const id = await madeBy('/v1/service-accounts', { name: 'ci', roles: ['member'] })
    const secret = () => ask('POST', `/v1/service-accounts/${id}/secrets`, { name: 'one more' })
    expect([(await secret()).status, (await secret()).status]).toEqual([201, 201])
    expect(await secret()).toMatchObject({
      ...{ status: 409, body: { code: 'too_many', detail: expect.stringContaining('service-accounts revoke') } },
    })
  })
})

describe('what is not there', () => {
  it.each([
    ['/v1/group-rules/default', 'no set of group rules named default yet'],
    ['/v1/group-rules/default/revisions', 'no set of group rules named default yet'],
    ['/v1/group-rules/default/diff', 'no set of group rules named default yet'],
    ['/v1/extensions/com.example.none', 'no extension com.example.none'],
  ])('%s', async (path, words) => {
    expect(await ask('GET', path)).toMatchObject({
      ...{ status: 404, body: { code: 'not_found', detail: expect.stringContaining(words) } },
    })
  })

  it('somebody whom no mapping made', async () => {
    const { body } = await ask('GET', '/v1/whoami')
    expect(await ask('GET', `/v1/scim/people/${String(body['id'])}`)).toMatchObject({
      ...{ status: 404, body: { detail: expect.stringContaining('came by SCIM') } },
    })
  })

  it('an extension, or a workspace, that is called', async () => {
    const call = async (headers: Record<string, string>) => {
      const authorization = `Bearer ${service.keys['acme_owner']}`
      const response = await fetch(`${service.url}/api/ext/com.example.none/x`, {
        headers: { authorization, ...headers },
      })
      return [response.status, ((await response.json()) as { detail: string }).detail]
    }
    expect(await call({})).toEqual([404, expect.stringContaining('com.example.none is not installed')])
    expect(await call({ 'gatehouse-workspace': 'nowhere' })).toEqual([
      404,
      expect.stringContaining('com.example.none is not installed in a workspace nowhere'),
    ])
  })
})

describe('a request for a token', () => {
  const token = async (fields: Record<string, string>) => {
    const response = await fetch(`${service.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) })
    return (await response.json()) as { error: string; error_description: string }
  }

  it('is told which grants there are, and which it named', async () => {
    const grants = /device_code, authorization_code, refresh_token, client_credentials, .*token-exchange/
    expect(await token({ scope: 'people:read' })).toMatchObject({
      ...{ error: 'invalid_request', error_description: expect.stringMatching(grants) },
    })
    const wrong = await token({ grant_type: 'client_credential"s' })
    expect(wrong.error).toBe('unsupported_grant_type')
    expect(wrong.error_description).toMatch(/grant_type client_credential\?s: it must be one of .*client_credentials/)
  })

  it('is told which scope is none, and which is beyond the account', async () => {
    const id = await madeBy('/v1/service-accounts', { name: 'scoped', roles: ['member'] })
    const { body } = await ask('POST', `/v1/service-accounts/${id}/secrets`, { name: 'only' })
    const of = { grant_type: 'client_credentials', client_id: id, client_secret: String(body['secret']) }
    expect(await token({ ...of, scope: 'peple:read' })).toEqual({
      ...{ error: 'invalid_scope', error_description: 'There is no scope peple:read' },
    })
    expect(await token({ ...of, scope: 'people:write' })).toMatchObject({
      ...{ error: 'invalid_scope', error_description: expect.stringMatching(/people:write$/) },
    })
  })
})
