import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Waiver, WaiverPage, WaiverShown } from '#contract/api/policy-waivers.js'
import { testService, type TestService } from '../testing/test-service.js'

let service: TestService
beforeAll(async () => {
  service = await testService()
}, 60_000)
afterAll(() => service?.stop())

const ask: TestService['ask'] = (...asked) => service.ask(...asked)

const tenant = async (): Promise<string> =>
  ((await ask('acme_admin', 'GET', '/v1/whoami')).body['tenant'] as { id: string }).id
const wanted = async (rest: object = {}) => ({
  ...{ reason: 'install.yanked', subject: { kind: 'tenant', id: await tenant() }, why: 'it is mended on Monday' },
  ...{ until: new Date(Date.now() + 3_600_000).toISOString(), ...rest },
})

/** Waits until what was agreed to has been carried out. */
const granted = async (): Promise<Waiver> => {
  for (;;) {
    const { items } = WaiverPage.parse((await ask('security_lead', 'GET', '/v1/policy/waivers')).body)
    if (items[0]) return items[0]
  }
}

it('the running service holds a waiver until a second person agrees, then shows and revokes it', async () => {
  const held = await ask('security_lead', 'POST', '/v1/policy/waivers', await wanted())
  expect(held).toMatchObject({ status: 202, body: { reasons: [{ id: 'admin.waiver_needs_second_person' }] } })
  const { id } = held.body['approval'] as { id: string }
  const { subject_digest } = (await ask('reviewer', 'GET', `/v1/approvals/${id}`)).body
  const vote = { verdict: 'approve', subject_digest }
  expect((await ask('security_lead', 'POST', `/v1/approvals/${id}/votes`, vote)).status).toBe(403)
  expect((await ask('reviewer', 'POST', `/v1/approvals/${id}/votes`, vote)).status).toBe(201)
  const waiver = await granted()
  expect(waiver).toMatchObject({ state: 'in_force', reason: 'install.yanked', approval_id: id })
  const shown = await ask('security_lead', 'GET', `/v1/policy/waivers/${waiver.id}`)
  expect(WaiverShown.parse(shown.body).acted).toEqual([])
  expect((await ask('acme_admin', 'GET', `/v1/policy/waivers/${waiver.id}`)).status).toBe(404)
  const revoke = [`/v1/policy/waivers/${waiver.id}/revoke`, { why: 'it was mended' }] as const
  expect((await ask('acme_owner', 'POST', ...revoke)).status).toBe(404)
  const revoked = await ask('security_lead', 'POST', ...revoke)
  expect(Waiver.parse(revoked.body)).toMatchObject({ state: 'revoked', revoked_because: 'it was mended' })
  expect((await ask('security_lead', 'POST', ...revoke)).status).toBe(409)
}, 60_000)

it('names what is wrong with a request by its pointer', async () => {
  const pointers = async (body: object) => {
    const { status, body: refused } = await ask('security_lead', 'POST', '/v1/policy/waivers', body)
    expect(status).toBe(400)
    return (refused['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)
  }
  expect(await pointers(await wanted({ until: 'soon' }))).toEqual(['/until'])
  expect(await pointers(await wanted({ reason: 'Yanked' }))).toEqual(['/reason'])
  expect(await pointers(await wanted({ subject: { kind: 'publisher', id: 'x' } }))).toEqual(['/subject/kind'])
  expect(await pointers(await wanted({ why: '' }))).toEqual(['/why'])
  expect(await pointers(await wanted({ forever: true }))).toEqual(['/forever'])
})
