import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Global, Logger, Module } from '@nestjs/common'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { z } from 'zod'
import type { Approval } from '#contract/api/approvals.js'
import type { KillChanged } from '#contract/api/kills.js'
import type { HeldBody } from '#contract/api/problem.js'
import { endpointEntry, type EndpointId } from '#contract/endpoints.js'
import { ApprovalsModule } from '../approvals/approvals.module.js'
import { DocumentsModule } from '../documents/documents.module.js'
import { GateModule } from '../gate/gate.module.js'
import { IdentityModule } from '../identity/identity.module.js'
import { KillswitchModule } from '../killswitch/killswitch.module.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { CONFIG } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { BootCheck } from '../platform/http/boot-check.js'
import { createAdapter } from '../platform/http/fastify.js'
import { HttpModule } from '../platform/http/http.module.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { OutboxModule } from '../platform/outbox/outbox.module.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { StopsModule } from './stops.module.js'

Logger.overrideLogger(false)

let postgres: TestDatabase
let folder: string
let app: NestFastifyApplication
let keys: Record<string, string>

beforeAll(async () => {
  postgres = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-people-http-'))
  const ground = [
    { provide: Database, useValue: postgres.database },
    { provide: KeyFiles, useValue: await KeyFiles.open(folder) },
    { provide: BlobStore, useValue: new BlobStore(join(folder, 'blobs')) },
    { provide: CONFIG, useValue: { profile: 'embedded', dataFolder: folder } },
  ]
  @Global()
  @Module({
    imports: [OutboxModule],
    providers: ground,
    exports: [...ground.map(({ provide }) => provide), OutboxModule],
  })
  class Ground {}
  const features = [KillswitchModule, GateModule, ApprovalsModule, DocumentsModule, IdentityModule, StopsModule]
  const module = await Test.createTestingModule({ imports: [Ground, HttpModule, ...features] })
    .overrideProvider(BootCheck)
    .useValue({})
    .compile()
  app = module.createNestApplication<NestFastifyApplication>(createAdapter(), { bodyParser: false })
  await app.init()
  await app.getHttpAdapter().getInstance().ready()
  keys = JSON.parse(await readFile(join(folder, 'keys', 'demo-keys.json'), 'utf8')) as Record<string, string>
}, 60_000)
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
  await postgres.drop()
})

interface Refused {
  readonly code: string
  readonly reasons?: readonly { readonly id: string }[]
  readonly errors?: readonly { readonly pointer: string }[]
}

/** Calls an endpoint as a seeded person, and holds its answer to the endpoint table. */
const call = async <Answer = { id: string }>(
  as: string,
  id: EndpointId,
  { path, body }: { path?: string; body?: object } = {},
): Promise<{ status: number; answer: Answer }> => {
  const entry = endpointEntry(id)
  const response = await app.inject({
    method: entry.method as 'GET',
    url: path ?? entry.path,
    headers: { authorization: `Bearer ${keys[as]}` },
    ...(body && { payload: body }),
  })
  const answer = response.json<Answer>()
  if (response.statusCode === entry.status && entry.response instanceof z.ZodType) entry.response.parse(answer)
  return { status: response.statusCode, answer }
}
const engage = (as: string, body: object) => call<KillChanged>(as, 'kills.engage', { body })
const failed = async (answering: Promise<{ status: number; answer: unknown }>) => {
  const { status, answer } = await answering
  const { code, reasons, errors } = answer as Refused
  return [status, code, ...(reasons ?? []).map(({ id }) => id), ...(errors ?? []).map(({ pointer }) => pointer)]
}

describe('the endpoints of people', () => {
  it.each([
    'whoami.show',
    'tenants.list',
    'workspaces.list',
    'people.list',
    'keys.list',
    'approvals.list',
    'kills.list',
  ] as const)('%s answers as the endpoint table says', async (id) => {
    expect((await call('operator', id)).status).toBe(200)
    expect((await call('acme_admin', id)).status).toBe(200)
  })

  it('create and revoke as the endpoint table says', async () => {
    const person = await call('acme_admin', 'people.create', { body: { name: 'Pat', roles: ['member'] } })
    const { id } = person.answer
    expect(person.status).toBe(201)
    const update = { path: `/v1/people/${id}`, body: { version: 1, name: 'Patricia' } }
    expect((await call('acme_admin', 'people.update', update)).status).toBe(200)
    const key = await call('acme_admin', 'keys.create', { body: { principal_id: id, name: 'k' } })
    expect(key.status).toBe(201)
    const revoke = { path: `/v1/keys/${key.answer.id}` }
    expect((await call('acme_admin', 'keys.revoke', revoke)).status).toBe(200)
    const tenant = { slug: 'hooli', name: 'Hooli', owner: { name: 'Hal', email: 'hal@hooli.example' } }
    expect((await call('operator', 'tenants.create', { body: tenant })).status).toBe(201)
  })

  it('need a key that is whole', async () => {
    const show = (authorization?: string) =>
      app.inject({ url: '/v1/whoami', headers: authorization === undefined ? {} : { authorization } })
    expect((await show()).json()).toMatchObject({ status: 401, code: 'auth.required' })
    expect((await show('Bearer ghk_nobody')).json()).toMatchObject({ status: 401, code: 'auth.invalid' })
  })

  it('refuse reads without the scope', async () => {
    expect(await failed(call('acme_member', 'people.list'))).toEqual([403, 'policy.denied', 'admin.scope_missing'])
  })

  it('are closed to a second first owner', async () => {
    const body = { token: 'guess', name: 'Eve', email: 'eve@evil.example' }
    expect((await failed(call('operator', 'bootstrap.create', { body })))[0]).toBe(403)
  })
})

describe('bad input', () => {
  it.each([
    ['an unknown scope', { scope: 'world', target: '*', reason: 'because' }, '/scope'],
    ['no reason', { scope: 'global', reason: '' }, '/reason'],
    ['a target that is no version', { scope: 'version', target: 'com.acme.one', reason: 'because' }, '/target'],
    ['a target that is nowhere', { scope: 'extension', target: 'com.acme.nothing', reason: 'because' }, '/target'],
    ['an unknown field', { scope: 'global', reason: 'because', force: true }, '/force'],
  ])('to kills.engage: %s', async (_, body, pointer) => {
    expect(await failed(engage('operator', body))).toEqual([400, 'request.invalid', pointer])
  })

  it('to people and keys', async () => {
    const person = { name: '', roles: ['king'], email: 'nobody' }
    const refused = await failed(call('acme_admin', 'people.create', { body: person }))
    expect(refused.slice(0, 2)).toEqual([400, 'request.invalid'])
    expect(refused.slice(2)).toEqual(expect.arrayContaining(['/name', '/roles/0', '/email']))
    expect(await failed(call('acme_admin', 'keys.list', { path: '/v1/keys?cursor=x' }))).toEqual([
      400,
      'request.invalid',
      '/query/cursor',
    ])
  })
})

describe('a kill switch from engaging to release', () => {
  it('is engaged, held, agreed to by a second person, and let go', async () => {
    const engaged = await engage('acme_owner', { scope: 'tenant', target: 'acme', reason: 'credentials leaked' })
    expect(engaged.status).toBe(201)
    const { id } = engaged.answer.order
    const held = await call<HeldBody>('acme_owner', 'kills.release', {
      path: `/v1/kills/${id}/release`,
      body: { reason: 'rotated' },
    })
    expect(held.status).toBe(202)
    const { id: approvalId } = held.answer.approval

    const shown = await call<Approval>('reviewer', 'approvals.show', { path: `/v1/approvals/${approvalId}` })
    const { subject_digest, waits_for_me } = shown.answer
    expect(waits_for_me).toBe(true)
    const vote = { path: `/v1/approvals/${approvalId}/votes`, body: { verdict: 'approve', subject_digest } }
    expect(await failed(call('acme_owner', 'approvals.vote', vote))).toEqual([403, 'policy.denied', 'admin.self_vote'])
    expect(await call('reviewer', 'approvals.vote', vote)).toMatchObject({ status: 201, answer: { state: 'approved' } })

    // The outbox tells the owner of the matter in its own time; the test's time limit bounds it.
    const engagedOnes = () => call<{ items: object[] }>('acme_owner', 'kills.list', { path: '/v1/kills?state=engaged' })
    while ((await engagedOnes()).answer.items.length > 0) await new Promise((resolve) => setImmediate(resolve))
    const owner = await postgres.owner()
    const { rows } = await owner.query(`SELECT outcome FROM decision WHERE action = 'kill.release' ORDER BY id`)
    expect(rows).toEqual([{ outcome: 'hold' }, { outcome: 'allow' }])
  }, 20_000)
})
