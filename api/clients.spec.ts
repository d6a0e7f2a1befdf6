import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { BUNDLE_MEDIA_TYPE, ENVELOPE_HEADER } from '#contract/api/registry.js'
import { signStatement } from '#runtime/bundle/dsse.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { live, type LiveGround } from '#sdk/vectors/live.js'
import { PYTHON, runPython } from '#sdk/vectors/python-client.js'
import { testService, type TestService } from './testing/test-service.js'

const NAME = 'com.acme-labs.echo'
const ECHO = `
export function handle(request) {
  const said = JSON.stringify({ path: request.path })
  return { status: 201, headers: [['content-type', 'application/json']], body: Uint8Array.from(said, (each) => each.charCodeAt(0)) }
}
`
const MANIFEST = {
  manifest_version: 2,
  id: NAME,
  version: '1.0.0',
  type: 'workflow-step',
  name: 'Echo',
  description: 'Says what it was asked.',
  compatibility: { platform: '>=0.1.0' },
  permissions: [],
  runtime: { kind: 'component', entry: 'component.wasm' },
  api: { endpoints: [{ id: 'echo', title: 'Echo', method: 'POST', path: '/items/{id}', max_request_bytes: 64 }] },
  billing: { model: 'free' },
}

let service: TestService
let http: ReturnType<typeof supertest>
const as = (person: string) => ({ authorization: `Bearer ${service.keys[person]}` })

const publishAndInstall = async (): Promise<void> => {
  const component = await buildComponent({ source: { js: ECHO }, capabilities: [] })
  const files = new Map([
    ['extension.json', Buffer.from(JSON.stringify(MANIFEST))],
    ['component.wasm', component],
  ])
  const { bytes, digest } = await packBundle(files)
  const key = createPrivateKey(readFileSync(join(service.folder, 'keys', 'acme-labs.publisher.pem')))
  const envelope = signStatement({ digest, extension: NAME, version: '1.0.0' }, key)
  await http
    .post('/v1/extensions')
    .set({ ...as('acme_developer'), 'content-type': BUNDLE_MEDIA_TYPE })
    .set(ENVELOPE_HEADER, Buffer.from(JSON.stringify(envelope)).toString('base64'))
    .send(Buffer.from(bytes))
    .expect(201)
  const consent = { digest, permissions: [] }
  await http.post('/v1/installs').set(as('acme_admin')).send({ extension: NAME, permissions: [], consent }).expect(201)
}

/** Stands before the service, and cuts its first connection when the answer comes: the call ran, and nobody heard of it. */
async function cutting(): Promise<{ url: string; server: Server }> {
  let cut = false
  const server = createServer((client) => {
    const upstream = connect(service.port, '127.0.0.1')
    for (const socket of [client, upstream]) socket.on('error', () => undefined)
    client.pipe(upstream)
    upstream.once('data', (chunk) => {
      if (!cut) {
        cut = true
        client.destroy()
        upstream.destroy()
        return
      }
      client.write(chunk)
      upstream.pipe(client)
    })
    client.on('close', () => upstream.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

const takes = async (client: string, steps: (ground: LiveGround) => Promise<unknown>) => {
  const { url, server } = await cutting()
  const names = [`${client} 1`, `${client} 2`]
  const keys = { owner: service.keys['acme_owner']!, member: service.keys['acme_member']! }
  const came = await steps({ url: service.url, cutting: url, extension: NAME, names, ...keys })
  server.close()
  expect(came).toMatchObject({
    made: names,
    listed: expect.arrayContaining(names),
    problem: { code: 'request.invalid', pointers: ['/name'] },
    once: { status: 201, replayed: 'true', path: '/items/1' },
    later: { status: 201, path: '/items/2' },
  })
}

beforeAll(async () => {
  service = await testService()
  http = supertest(service.url)
  await publishAndInstall()
}, 60_000)
afterAll(() => service?.stop())

describe('the API clients with the real service', () => {
  it(
    'in TypeScript: creates, lists, is refused, repeats a call whose answer was cut, and calls without waiting',
    () => takes('typescript', live),
    60_000,
  )

  const python = PYTHON ? it : it.skip
  const why = PYTHON ? '' : ' (not run: this machine has no Python 3.10 or later)'
  python(`in Python: the same${why}`, () => takes('python', (ground) => runPython('live.py', ground)), 60_000)
})
