import 'reflect-metadata'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { AppModule } from '#api/app.module.js'
import { callTarget } from '#api/capabilities/testing/call-target.js'
import type { Ground } from '#api/ground.js'
import { Bootstrap } from '#api/identity/bootstrap.service.js'
import { InstallsForCalls } from '#api/installs/call-targets.service.js'
import { ExecutionWriter } from '#api/invocations/execution-writer.js'
import { createAdapter } from '#api/platform/http/fastify.js'
import { CALLER_RESOLVER, type CallerResolver } from '#api/platform/http/ports.js'
import { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import { Limits } from '#contract/manifest/limits.js'
import { admit } from '#runtime/admission/admit.js'
import { signArtifact, writeArtifact } from '#runtime/admission/artifact.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'

/** Parses 1 KB, reads one key, answers 1 KB. */
const GUEST = `
import { get } from 'gatehouse:extension/kv@0.1.0'
const headers = [['content-type', 'application/json']]
const bytesOf = (text) => {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}
const padding = bytesOf('x'.repeat(980) + '"}')
export function handle(request) {
  const { items } = JSON.parse(String.fromCharCode.apply(null, request.body))
  const known = Boolean(get('rates'))
  const start = bytesOf('{"items":' + items.length + ',"known":' + known + ',"padding":"')
  const body = new Uint8Array(start.length + padding.length)
  body.set(start)
  body.set(padding, start.length)
  return { status: 200, headers, body }
}
`
const MEMORY_PAGES = 1024
const EXTENSION = 'com.example.bench'
const PATH = `/api/ext/${EXTENSION}/call`

/** The whole service with one install, whose guest is the one above. */
export interface Governed {
  readonly port: number
  readonly path: string
  /** Of a member of the organisation that has the install. */
  readonly key: string
  /** Writes the rows of executions that still wait. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Builds and admits the guest, and lays it where slots load it from, signed as this platform signs. */
const layArtifact = async ({ config, keys }: Ground): Promise<{ digest: string; folder: string }> => {
  const component = await buildComponent({ source: { js: GUEST }, capabilities: ['kv'] })
  const artifact = await admit(component, { maxMemoryPages: MEMORY_PAGES })
  const folder = join(config.dataFolder, 'artifacts', artifact.digest.slice('sha256:'.length))
  await writeArtifact(folder, artifact, signArtifact(artifact.digest, await keys.signing('glue')))
  return { digest: artifact.digest, folder }
}

/** Starts the service on a free port of loopback. Only the look-up of the install is replaced: it is one without a registry entry. */
export const startGoverned = async (ground: Ground, connections: number): Promise<Governed> => {
  const installs = { resolveForCall: async () => target, openSecret: async () => null }
  const endpoint = { id: 'call', title: 'Call', method: 'POST', path: '/call' }
  let target = callTarget({
    extension: EXTENSION,
    artifact: await layArtifact(ground),
    endpoints: [ExtensionEndpoint.parse(endpoint)],
    limits: Limits.parse({ concurrency: connections }),
  })
  const building = Test.createTestingModule({ imports: [AppModule.on(ground)] })
  const module = await building.overrideProvider(InstallsForCalls).useValue(installs).compile()
  const app = module.createNestApplication<NestFastifyApplication>(createAdapter(), {
    logger: ['error', 'fatal'],
    bodyParser: false,
  })
  await app.listen(0, '127.0.0.1')
  const key = await memberKey(app.get(Bootstrap, { strict: false }))
  const callers = app.get<CallerResolver>(CALLER_RESOLVER, { strict: false })
  const { tenantId } = await callers.resolve(`Bearer ${key}`, 'bench')
  target = { ...target, tenantId: tenantId! }
  const { port } = app.getHttpServer().address() as AddressInfo
  const writer = app.get(ExecutionWriter, { strict: false })
  return { port, path: PATH, key, settle: () => writer.flush(), close: () => app.close() }
}

const memberKey = async ({ demoKeysFile }: Bootstrap): Promise<string> => {
  const keys = JSON.parse(await readFile(demoKeysFile, 'utf8')) as Record<string, string>
  return keys['acme_member']!
}
