import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { admit } from '#runtime/admission/admit.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { jobFor } from '#runtime/testing/slot-fixture.js'
import { BodiesFake } from '#runtime/testing/streaming.js'

const MANIFEST = {
  manifest_version: 2,
  id: 'com.example.ticker',
  version: '1.0.0',
  type: 'workflow-step',
  name: 'Ticker',
  description: 'Sends an event for each piece of its request.',
  compatibility: { platform: '>=0.1.0' },
  permissions: [],
  runtime: { kind: 'component', entry: 'component.wasm' },
  api: { endpoints: [{ id: 'tick', title: 'Tick', method: 'POST', path: '/tick', stream: 'both' }] },
  billing: { model: 'free' },
}
const HANDLER = `
import { decodeUtf8, type Request, type Response } from '@gatehouse/sdk'
import { pieces, sse, type ServerSentEvent } from '@gatehouse/sdk/streams'
function* ticks(): Generator<ServerSentEvent> {
  let id = 0
  for (const piece of pieces()) yield { id: String(id++), event: 'tick', data: decodeUtf8(piece) }
}
export const handle = (_request: Request): Response => sse(ticks())
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-build-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('builds an extension that streams with the SDK, by what its manifest says', async () => {
  await mkdir(join(folder, 'src'))
  await writeFile(join(folder, 'extension.json'), JSON.stringify(MANIFEST))
  await writeFile(join(folder, 'src/handler.ts'), HANDLER)
  // The bundler takes no objects of a test's own realm.
  await promisify(execFile)(process.execPath, ['dist/cli/main.js', 'ext', 'build', folder])
  const artifact = await admit(await readFile(join(folder, 'component.wasm')), { maxMemoryPages: 1024 })
  const pool = new SlotPool({ size: 1, wall: (await detectWall()).kind, readArtifact: async () => artifact })
  try {
    const bodies = new BodiesFake('both', [Buffer.from('one'), Buffer.from('two')])
    expect(
      await pool.execute(jobFor(artifact, '/tick', { bodies }), {
        call: async () => ({ ok: null }),
        post: () => undefined,
      }),
    ).toMatchObject({ outcome: 'ok' })
    expect(bodies.head?.[1]).toEqual([
      ['content-type', 'text/event-stream'],
      ['cache-control', 'no-store'],
    ])
    expect(bodies.written.toString()).toBe('event: tick\nid: 0\ndata: one\n\nevent: tick\nid: 1\ndata: two\n\n')
  } finally {
    await pool.close()
  }
}, 60_000)
