import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Global, Module } from '@nestjs/common'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { ENDPOINTS, type EndpointId } from '#contract/endpoints.js'
import { problem } from '#contract/problems.js'
import { ROLES } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { verifyExport } from '#sdk/audit/verify-export.js'
import { FakeClock } from '../killswitch/testing/fake-clock.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { SequencerService } from '../ledger/sequencer.service.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { CONFIG } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { BootCheck } from '../platform/http/boot-check.js'
import { createAdapter } from '../platform/http/fastify.js'
import { HttpModule } from '../platform/http/http.module.js'
import { CALLER_RESOLVER, type CallerResolver } from '../platform/http/ports.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { GateModule } from './gate.module.js'
import { GateService } from './gate.service.js'
import { actorOf, about, factsOf } from './testing/test-gate.js'

/** Lets in by name instead of by key: `operator`, or anybody else as a person of the platform without any scope. */
const callers: CallerResolver = {
  resolveCookie: () => Promise.reject(problem('auth.session_ended')),
  resolve: async (authorization, correlationId) => {
    if (!authorization) throw problem('auth.required')
    const scopes = authorization === 'operator' ? [...ROLES.operator] : []
    const actor = actorOf(PLATFORM_TENANT_ID, { platform: true, scopes })
    return { principalId: 'p', keyId: 'k', tenantId: PLATFORM_TENANT_ID, tenant: null, actor, correlationId }
  },
}

let held: TestDatabase
let folder: string
let app: NestFastifyApplication

beforeAll(async () => {
  held = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-gate-http-'))
  const ground = [
    { provide: Database, useValue: held.database },
    { provide: KeyFiles, useValue: await KeyFiles.open(folder) },
    { provide: BlobStore, useValue: new BlobStore(join(folder, 'blobs')) },
    { provide: CONFIG, useValue: { dataFolder: folder } },
    { provide: KillState, useValue: new KillState('test-node', new FakeClock()) },
    { provide: CALLER_RESOLVER, useValue: callers },
  ]
  @Global()
  @Module({ providers: ground, exports: ground.map(({ provide }) => provide) })
  class Ground {}
  const module = await Test.createTestingModule({ imports: [Ground, HttpModule, GateModule] })
    .overrideProvider(BootCheck)
    .useValue({})
    .compile()
  app = module.createNestApplication<NestFastifyApplication>(createAdapter(), { bodyParser: false })
  await app.init()
  await app.getHttpAdapter().getInstance().ready()
}, 60_000)
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
  await held.drop().catch(() => undefined)
})

const ask = (url: string, authorization: string | null = 'operator', method: 'GET' | 'POST' = 'GET') =>
  app.inject({ method, url, headers: authorization ? { authorization } : {} })

const decideAndSequence = async (): Promise<string> => {
  const { decisionId } = await app.get(GateService).decide('tenant.create', factsOf(PLATFORM_TENANT_ID), about)
  await app.get(SequencerService, { strict: false }).pass()
  return decisionId
}

type Decided = Readonly<{ id: string; action: string }>

describe('the endpoints of gate and ledger', () => {
  it('answer as the endpoint table says', async () => {
    const id = await decideAndSequence()
    const asked: [EndpointId, string, 'GET' | 'POST'][] = [
      ['decisions.list', '/v1/decisions?limit=5', 'GET'],
      ['decisions.show', `/v1/decisions/${id}?facts=true`, 'GET'],
      ['decisions.replay', `/v1/decisions/${id}/replay`, 'POST'],
      ['ledger.checkpoint', '/v1/ledger/checkpoint', 'GET'],
      ['ledger.keys', '/v1/ledger/keys', 'GET'],
      ['ledger.inclusion', `/v1/ledger/proofs/inclusion?entry=${id}`, 'GET'],
      ['ledger.consistency', '/v1/ledger/proofs/consistency?from=1', 'GET'],
    ]
    for (const [endpoint, url, method] of asked) {
      const reply = await ask(url, 'operator', method)
      expect({ endpoint, status: reply.statusCode, body: reply.json() }).toMatchObject({ status: 200 })
      const { response } = ENDPOINTS[endpoint]
      if ('parse' in response) expect(() => response.parse(reply.json())).not.toThrow()
    }
  })

  it('feed decisions from a cursor on, and keep that they were exported', async () => {
    const start = (await ask('/v1/decisions?after=end')).json<{ next_cursor: string }>().next_cursor
    const id = await decideAndSequence()
    const { items } = (await ask(`/v1/decisions?after=${start}&wait=20`)).json<{ items: Decided[] }>()
    expect(items.map((item) => item.id)).toContain(id)
    expect(items.map((item) => item.action)).toContain('audit.export')
    for (const format of ['jsonl', 'opa']) {
      const reply = await ask(`/v1/decisions/export?after=${start}&format=${format}`)
      expect(reply.headers).toMatchObject({ 'content-type': 'application/jsonl' })
      // That these were exported comes after them, and may be in the log by now.
      const lines = reply.body.trim().split('\n')
      for (const [index, item] of items.entries()) expect(lines[index]).toContain(item.id)
      const next = String(reply.headers['gatehouse-next-cursor'])
      const since = (await ask(`/v1/decisions?after=${next}`)).json<{ items: Decided[] }>().items
      for (const item of since) expect(reply.body).not.toContain(item.id)
    }
    const url = `/v1/decisions/export?after=${start}`
    const packed = await app.inject({
      url,
      headers: { authorization: 'operator', 'accept-encoding': 'br, gzip;q=0.5' },
    })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.rawPayload).toString()).toContain(id)
  })

  it('stream an export that verifies with the keys that the service names', async () => {
    await decideAndSequence()
    const reply = await ask('/v1/ledger/export')
    expect(reply.headers['content-type']).toContain('application/jsonl')
    const { keys } = (await ask('/v1/ledger/keys')).json<{ keys: { verifier: string }[] }>()
    async function* lines(): AsyncGenerator<string> {
      yield* reply.body.split('\n')
    }
    const report = await verifyExport(lines(), { verifiers: keys.map(({ verifier }) => verifier) })
    expect(report).toMatchObject({ ok: true, findings: [] })
    expect(report.recomputed).toBeGreaterThan(1)
  })

  it.each([
    ['/v1/decisions', null, 401, 'auth.required'],
    ['/v1/decisions', 'nobody', 403, 'policy.denied'],
    ['/v1/ledger/export', 'nobody', 403, 'policy.denied'],
    ['/v1/decisions?limit=0', 'operator', 400, 'request.invalid'],
    ['/v1/decisions?cursor=x', 'operator', 400, 'request.invalid'],
    ['/v1/decisions?colour=red', 'operator', 400, 'request.invalid'],
    ['/v1/decisions/x', 'operator', 400, 'request.invalid'],
    [`/v1/decisions/${PLATFORM_TENANT_ID}`, 'operator', 404, 'not_found'],
    ['/v1/ledger/proofs/consistency?from=1e9', 'operator', 400, 'request.invalid'],
    ['/v1/ledger/proofs/consistency?from=-1', 'operator', 400, 'request.invalid'],
    [`/v1/ledger/proofs/inclusion?entry=${PLATFORM_TENANT_ID}`, 'operator', 404, 'not_found'],
  ])('refuse %s of %s with %i %s', async (url, authorization, status, code) => {
    const reply = await ask(url, authorization)
    expect(reply.json()).toMatchObject({ status, code })
    expect(reply.statusCode).toBe(status)
  })
})
