import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { live, type LiveGround } from '#sdk/vectors/live.js'
import { PYTHON, runPython } from '#sdk/vectors/python-client.js'
import { install, publish } from './testing/published-extension.js'
import { testService, type TestService } from './testing/test-service.js'

const NAME = 'com.acme-labs.echo'
const ECHO = `
export function handle(request) {
  const said = JSON.stringify({ path: request.path })
  return { status: 201, headers: [['content-type', 'application/json']], body: Uint8Array.from(said, (each) => each.charCodeAt(0)) }
}
`
const MANIFEST = {
  id: NAME,
  version: '1.0.0',
  permissions: [],
  api: { endpoints: [{ id: 'echo', title: 'Echo', method: 'POST', path: '/items/{id}', max_request_bytes: 64 }] },
}

let service: TestService

const publishAndInstall = async (): Promise<void> => {
  const { digest, status } = await publish(service, { manifest: MANIFEST, guest: ECHO, capabilities: [] })
  expect(status).toBe(201)
  expect((await install(service, { extension: NAME, digest, permissions: [] })).status).toBe(201)
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
