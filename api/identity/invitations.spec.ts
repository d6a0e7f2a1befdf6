import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { InvitationCreate, type InvitationSent } from '#contract/api/invitations.js'
import { PersonCreate } from '#contract/api/identity.js'
import type { Scope, WorkspaceRole } from '#contract/scopes.js'
import type { Told } from '../approvals/approval-mailer.js'
import { refusal } from '../gate/testing/refusal.js'
import { anonymousCaller, type Caller } from '../platform/http/caller.js'
import { Invitations } from './invitations.service.js'
import { Invited } from './invited.service.js'
import { ApiKeys } from './keys.service.js'
import { People } from './people.service.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'
import { Workspaces } from './workspaces/workspaces.service.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let invitations: Invitations
let mailing: Invitations
let invited: Invited
let people: People
let keys: ApiKeys
let admin: Caller
const stranger = anonymousCaller('c')
const mail: { email: string; told: Told }[] = []
let mailServerIsUp = true

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, callers, pseudonyms } = seeded
  const publicUrl = { origin: () => 'https://gatehouse.example' }
  const parts = { database: postgres.database, gate: shipped.gate, publicUrl }
  invitations = new Invitations({ ...parts, mailer: { enabled: false, tell: async () => undefined } })
  const tell = async ({ email }: { email: string }, told: Told) => {
    if (!mailServerIsUp) throw new Error('no route to host')
    mail.push({ email, told })
  }
  mailing = new Invitations({ ...parts, mailer: { enabled: true, tell } })
  invited = new Invited({ ...parts, pseudonyms })
  people = new People(postgres.database, shipped.gate, callers, pseudonyms)
  keys = new ApiKeys(postgres.database, shipped.gate, callers)
  admin = await seeded.as('acme_admin')
}, 60_000)
afterAll(() => seeded.drop())

const asked = (part: object = {}) =>
  InvitationCreate.parse({ email: `${randomUUID()}@new.example`, roles: ['member'], ...part })
const invite = (part: object = {}, caller = admin): Promise<InvitationSent> => invitations.create(caller, asked(part))
const accept = (token: string | null, name?: string) =>
  invited.accept(stranger, { token: token!, ...(name !== undefined && { name }) })
const stateOf = async (id: string) =>
  (await invitations.list(admin, { limit: 200 })).items.find((each) => each.id === id)?.state
const expire = async (id: string) => {
  const owner = await seeded.postgres.owner()
  await owner.query('ALTER TABLE invitation DISABLE TRIGGER governed')
  await owner.query("UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = $1", [id])
  await owner.query('ALTER TABLE invitation ENABLE TRIGGER governed')
}

describe('an invitation', () => {
  it('makes a person with its roles and a first key, once', async () => {
    const sent = await invite({ name: 'Nia' })
    expect(sent).toMatchObject({ state: 'open', accept_by: 'token', delivery: 'shown', invited_by: admin.actor.id })
    const { person, key } = await accept(sent.token)
    expect(person).toMatchObject({ name: 'Nia', email: sent.email, roles: ['member'], tenant_id: admin.tenantId })
    const caller = await seeded.callers.resolve(`Bearer ${key.secret}`, 'c')
    expect([caller.principalId, caller.tenantId]).toEqual([person.id, admin.tenantId])
    expect(await stateOf(sent.id)).toBe('accepted')
    expect(await refusal(accept(sent.token))).toEqual(['admin.invitation_closed'])
  })

  it('is taken by one of two who come with its token at once', async () => {
    const { token, email } = await invite()
    const outcomes = await Promise.allSettled([accept(token), accept(token), accept(token)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { items } = await people.list(admin, { limit: 200 })
    expect(items.filter((each) => each.email === email)).toHaveLength(1)
  })

  it('gives no more than the inviter has, then and later', async () => {
    expect(await refusal(invite({ roles: ['owner'] }))).toEqual(['admin.role_beyond_own'])
    expect(await refusal(invite({}, await seeded.as('acme_member')))).toEqual(
      expect.arrayContaining(['admin.scope_missing']),
    )
    const owner = await seeded.as('acme_owner')
    const person = await people.create(owner, PersonCreate.parse({ name: 'Short', roles: ['admin'] }))
    const { secret } = await keys.create(owner, { principal_id: person.id, name: 'k' })
    const { token } = await invite({}, await seeded.callers.resolve(`Bearer ${secret}`, 'c'))
    await people.update(owner, person.id, { version: 1, disabled: true })
    expect(await refusal(accept(token))).toEqual(['admin.inviter_may_not'])
    await people.update(owner, person.id, { version: 2, disabled: false, roles: ['developer'] })
    expect(await refusal(accept(token))).toEqual(['admin.inviter_may_not'])
  })

  it('gives roles within single workspaces, of those that the inviter has there', async () => {
    const { database } = seeded.postgres
    const workspaces = new Workspaces(database, seeded.shipped.gate)
    const slug = `w-${randomUUID().slice(0, 8)}`
    const { id: workspace_id } = await workspaces.create(admin, { slug, name: 'Payments' })
    const there = (...roles: WorkspaceRole[]) => ({ roles: [], in_workspaces: [{ workspace_id, roles }] })
    const { token } = await invite(there('installer', 'viewer'))
    const { person, key } = await accept(token)
    expect([person.roles, key.scopes]).toEqual([[], expect.arrayContaining(['installs:write', 'executions:read'])])
    const held = await seeded.callers.resolve(`Bearer ${key.secret}`, 'c')
    expect([held.actor.scopes, held.inWorkspaces?.[workspace_id]?.roles]).toEqual([[], ['installer', 'viewer']])

    const foreign = await workspaces.list(await seeded.as('globex_admin'), { limit: 1 })
    const elsewhere = [{ workspace_id: foreign.items[0]!.id, roles: ['viewer' as const] }]
    await expect(invite({ in_workspaces: elsewhere })).rejects.toMatchObject({
      ...{ code: 'request.invalid', details: { errors: [{ pointer: '/in_workspaces/0/workspace_id' }] } },
    })
    const narrow: Caller = { ...admin, actor: { ...admin.actor, scopes: ['people:write'] } }
    expect(await refusal(invite(there('viewer'), narrow))).toEqual(['admin.role_beyond_own'])
    const scopes: Scope[] = ['workspaces:read', 'installs:read', 'executions:read']
    const inWorkspaces = { [workspace_id]: { roles: ['viewer' as const], scopes } }
    expect(await refusal(invite(there('viewer'), { ...narrow, inWorkspaces }))).toEqual(['admin.role_beyond_own'])
    scopes.push('workspace_members:write')
    expect(await refusal(invite(there('viewer'), { ...narrow, inWorkspaces }))).toEqual(['nothing was refused'])
    expect(await refusal(invite(there('installer'), { ...narrow, inWorkspaces }))).toEqual(['admin.role_beyond_own'])
  })

  it('to a workspace is not taken once the inviter may no longer give as much there', async () => {
    const owner = await seeded.as('acme_owner')
    const { postgres, shipped } = seeded
    const { id: workspace_id } = await new Workspaces(postgres.database, shipped.gate).create(owner, {
      ...{ slug: `w-${randomUUID().slice(0, 8)}`, name: 'Later' },
    })
    const inviter = await people.create(owner, PersonCreate.parse({ name: 'Then', roles: ['admin'] }))
    const { secret } = await keys.create(owner, { principal_id: inviter.id, name: 'k' })
    const part = { roles: [], in_workspaces: [{ workspace_id, roles: ['installer'] }] }
    const { token } = await invite(part, await seeded.callers.resolve(`Bearer ${secret}`, 'c'))
    await people.update(owner, inviter.id, { version: 1, roles: ['auditor'] })
    expect(await refusal(accept(token))).toEqual(['admin.inviter_may_not'])
    await people.update(owner, inviter.id, { version: 2, roles: ['admin'] })
    expect((await accept(token)).person.roles).toEqual([])
  })

  it('ends when it expires or is taken back, and by being sent again', async () => {
    const late = await invite()
    await expire(late.id)
    expect([await stateOf(late.id), await refusal(accept(late.token))]).toEqual([
      'expired',
      ['admin.invitation_closed'],
    ])
    const again = await invitations.resend(admin, late.id)
    expect(again).toMatchObject({ state: 'open', version: 2 })
    expect(await refusal(accept(late.token))).toEqual(['request.invalid'])
    expect(await invitations.revoke(admin, late.id)).toMatchObject({ state: 'revoked' })
    expect(await refusal(accept(again.token))).toEqual(['admin.invitation_closed'])
    expect(await refusal(invitations.resend(admin, late.id))).toEqual(['not_found'])
    expect(await refusal(invitations.revoke(admin, late.id))).toEqual(['not_found'])
  })

  it('waits once for an address that is nobody’s yet, for at most thirty days', async () => {
    const { email } = await invite()
    expect(await refusal(invite({ email: email.toUpperCase() }))).toEqual(['already_exists'])
    expect(await refusal(invite({ email: 'member@acme.example' }))).toEqual(['already_exists'])
    for (const expires_at of ['2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z'])
      expect(await refusal(invite({ expires_at }))).toEqual(['request.invalid'])
    expect(await refusal(invite({ custom_roles: ['nowhere'] }))).toEqual(['request.invalid'])
  })

  it('is not there for another organisation, nor is anything for an invented token', async () => {
    const { id, token } = await invite()
    const globex = await seeded.as('globex_admin')
    expect(await refusal(invitations.resend(globex, id))).toEqual(['not_found'])
    expect(await refusal(invitations.revoke(globex, id))).toEqual(['not_found'])
    expect(await refusal(invite({ tenant_id: admin.tenantId }, globex))).toEqual(['not_found'])
    expect(JSON.stringify(await invitations.list(globex, { limit: 200 }))).not.toContain(id)
    for (const wrong of ['x', `${token!.slice(0, -2)}xx`, token!.replace('ghi_', 'ghk_')])
      expect(await refusal(accept(wrong))).toEqual(['request.invalid'])
  })

  it('goes out by mail and is then shown to nobody; what the server does not take can be sent again', async () => {
    const sent = await mailing.create(admin, asked())
    expect(sent).toMatchObject({ delivery: 'mailed', token: null })
    const { email, told } = mail.at(-1)!
    const token = /ghi_\S+/.exec(told.text)![0]
    expect(email).toBe(sent.email)
    mailServerIsUp = false
    expect(await mailing.resend(admin, sent.id)).toMatchObject({ delivery: 'failed', token: null })
    mailServerIsUp = true
    expect(await mailing.resend(admin, sent.id)).toMatchObject({ delivery: 'mailed' })
    expect(mail.at(-1)!.told.id).not.toBe(told.id)
    expect(await refusal(accept(token))).toEqual(['request.invalid'])
    expect((await accept(/ghi_\S+/.exec(mail.at(-1)!.told.text)![0], 'Mail')).person.name).toBe('Mail')
  })

  it('says of each organisation what works: its provider, a password at one address, or the token', async () => {
    const owner = await seeded.postgres.owner()
    const settings = async (sign_in: string) => {
      await owner.query('ALTER TABLE tenant DISABLE TRIGGER governed')
      await owner.query(
        `UPDATE tenant SET settings = settings || jsonb_build_object('sign_in', $2::text) WHERE id = $1`,
        [admin.tenantId, sign_in],
      )
      await owner.query('ALTER TABLE tenant ENABLE TRIGGER governed')
    }
    const page = (token: string | null) => `https://gatehouse.example/auth/set-password?token=${token}`
    expect(await invite()).toMatchObject({ accept_by: 'token', password_url: null })
    await settings('local_allowed')
    const local = await invite()
    expect(local).toMatchObject({ accept_by: 'token', password_url: page(local.token) })
    await mailing.create(admin, asked())
    expect(mail.at(-1)!.told.text).toMatch(/^ {2}https:\/\/gatehouse\.example\/auth\/set-password\?token=ghi_\S+$/m)
    await settings('sso_only')
  })

  it('keeps no token', async () => {
    const { token } = await invite()
    const owner = await seeded.postgres.owner()
    const { rows } = await owner.query<{ text: string }>('SELECT invitation::text AS text FROM invitation')
    expect(JSON.stringify(rows)).not.toContain(token!.split('_')[2])
  })
})
