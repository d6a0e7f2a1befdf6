import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { admit } from '#runtime/admission/admit.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { HostFake, jobFor } from '#runtime/testing/slot-fixture.js'
import { BodiesFake } from '#runtime/testing/streaming.js'
import { extTest } from '../../testing/ext-command.js'
import { scaffold } from '../scaffold.js'

const LONG = 300_000
let home: string
beforeAll(async () => (home = await mkdtemp(join(tmpdir(), 'gatehouse-assemblyscript-'))))
afterAll(() => rm(home, { recursive: true, force: true }))

const DECLARED = {
  permissions: ['kv:read', 'kv:write', 'config:read', 'secrets:read', 'http:fetch', 'events:publish', 'metrics:write'],
  config: { version: 1, schema: { type: 'object', properties: { title: { type: 'string' } } } },
  secrets: [{ name: 'TOKEN', title: 'Speaks to the host' }],
  egress: [{ host: 'api.example.com', methods: ['POST'], headers: ['x-sent'] }],
  events: {
    emits: [
      {
        type: 'com.example.all.seen',
        description: 'It was seen',
        schema: { type: 'object', properties: { it: { type: 'string' } }, additionalProperties: false },
      },
    ],
  },
  api: {
    endpoints: [
      { id: 'all', title: 'Everything', method: 'POST', path: '/all' },
      { id: 'piecewise', title: 'Back as it comes', method: 'POST', path: '/stream', stream: 'both' },
    ],
  },
}

const HANDLER = `import {
  clock, config, decodeUtf8, encodeUtf8, events, Field, field, http, json, kv, metrics, quoted, random, Request, Response,
  secrets, streams,
} from './gatehouse'

let said = ''
function say(name: string, text: string): void {
  said += (said == '' ? '' : ',') + quoted(name) + ':' + quoted(text)
}

function storage(): void {
  const none = kv.read('nothing')
  say('nothing', none.ok && none.value === null ? 'null' : 'something')
  const versions = kv.transact([
    kv.Operation.put('a/1', encodeUtf8('one')).ifAbsent(),
    kv.Operation.put('a/2', encodeUtf8('two')).keptFor(60),
    kv.Operation.check('nothing').ifAbsent(),
    kv.Operation.remove('old'),
  ]).value
  say('versions', [versions[0] > 0, versions[1] > 0, versions[2] > 0, versions[3] > 0].toString())
  const one = kv.read('a/1').value!
  const two = kv.read('a/2').value!
  say('one', decodeUtf8(one.value) + (one.version == versions[0] ? ' as written ' : ' other ') + one.expiresAtMs.toString())
  say('two', (two.expiresAtMs - clock.nowMs()).toString())
  say('stale', kv.transact([kv.Operation.put('a/1', encodeUtf8('x')).ifVersion(one.version + 7)]).error!.code)
  say('again', kv.transact([kv.Operation.put('a/1', encodeUtf8('uno')).ifVersion(one.version)]).ok.toString())
  say('keys', kv.list('a/').value.join(' '))
  const page = kv.scan('a/', null, 1).value
  say('page', page.keys.join(' ') + ' then ' + page.next!)
  const last = kv.scan('a/', page.next, 5).value
  say('last', last.keys.join(' ') + (last.next === null ? ' then no more' : ' and more'))
  say('removed', kv.remove('a/2') === null ? 'yes' : 'no')
}

function echoed(): Response {
  const refused = streams.start(201, [new Field('x-streamed', 'yes')])
  if (refused) return json(500, quoted(refused.code))
  for (let piece = streams.read(4); piece.value.length > 0; piece = streams.read(4)) streams.write(piece.value)
  return new Response(201, [], new Uint8Array(0))
}

export function handle(request: Request): Response {
  if (request.path == '/stream') return echoed()
  said = ''
  storage()
  say('title', config.get('title').value!)
  say('unset', config.get('other').value === null ? 'null' : 'set')
  say('all', config.all().value)
  say('secret', secrets.get('TOKEN').value)
  say('no secret', secrets.get('OTHER').error!.code)
  const answer = http.fetch('POST', 'https://api.example.com/v1', [new Field('x-sent', 'ü')], request.body)
  say('http', answer.value.status.toString() + ' ' + field(answer.value.headers, 'content-type')! + ' ' + decodeUtf8(answer.value.body))
  const refused = http.fetch('GET', 'https://other.example.com/', [], new Uint8Array(0)).error!
  say('refused', refused.code + (refused.decisionId === null ? ' undecided' : ' decided'))
  say('event', events.publish('com.example.all.seen', '{"it":"é"}').value.length.toString())
  metrics.record(metrics.Kind.histogram, 'size', 1.5, [new Field('kind', 'a')])
  say('now', clock.nowMs().toString())
  say('random', random.bytes(32).length.toString())
  say('query', field(request.query, 'q')! + ' ' + field(request.headers, 'x-one')! + ' ' + request.method)
  return json(200, '{' + said + '}')
}
`

const TESTS = `import { deepStrictEqual } from 'node:assert/strict'
import { given, test } from '@gatehouse/sdk/testing'

test('every host call', async () => {
  const there = given({
    kv: { old: 'x' },
    config: { title: 'T' },
    secrets: { TOKEN: 'xyzzy' },
    http: [{ url: 'https://api.example.com/*', status: 202, headers: { 'content-type': 'text/plain' }, body: 'naïve' }],
    now: '2026-01-31T09:30:00Z',
  })
  const called = await there.call({ method: 'POST', path: '/all?q=%C3%A4', headers: { 'x-one': '1' }, body: 'sent €' })
  called.expect({ status: 200, events: [{ type: 'com.example.all.seen', data: { it: 'é' } }], kv: { 'a/1': 'uno' } })
  deepStrictEqual(called.json(), {
    nothing: 'null', versions: 'true,true,false,false', one: 'one as written 0', two: '60000', stale: 'kv.conflict',
    again: 'true', keys: 'a/1 a/2', page: 'a/1 then a/1', last: 'a/2 then no more', removed: 'yes',
    title: '"T"', unset: 'null', all: '{"title":"T"}', secret: 'xyzzy', 'no secret': 'capability.secret_undeclared',
    http: '202 text/plain naïve', refused: 'capability.host_undeclared decided', event: '36',
    now: '1769851800000', random: '32', query: 'ä 1 POST',
  })
  deepStrictEqual([...called.kv.keys()], ['a/1'])
  deepStrictEqual(Buffer.from(called.sent[0].body).toString(), 'sent €')
  deepStrictEqual(called.calls.find(({ name }) => name === 'metrics.record').args, {
    ...{ kind: 'histogram', name: 'size', value: 1.5, labels: [['kind', 'a']] },
  })
})
`

it(
  'speaks to every host interface as the canonical ABI has it',
  async () => {
    await scaffold(home, { id: 'com.example.all', type: 'workflow-step', lang: 'assemblyscript' })
    const manifest = JSON.parse(await readFile(join(home, 'extension.json'), 'utf8')) as object
    await writeFile(join(home, 'extension.json'), JSON.stringify({ ...manifest, ...DECLARED }))
    await writeFile(join(home, 'assembly/handler.ts'), HANDLER)
    await rm(join(home, 'test/cases.yaml'))
    await writeFile(join(home, 'test/handler.test.ts'), TESTS)
    const { cases, said } = await extTest(home)
    const failures = cases.map((each) => each.failures)
    expect({ failures, said: cases.length > 0 || said }).toEqual({ failures: [[]], said: true })
    expect(await streamed('a body in pieces')).toEqual({
      outcome: 'ok',
      head: [201, [['x-streamed', 'yes']]],
      same: true,
    })
  },
  LONG,
)

/** A local run has whole bodies only: this is the component in a slot that gives it pieces. */
const streamed = async (sent: string) => {
  const capabilities = ['config', 'events', 'http', 'kv', 'metrics', 'secrets', 'streams']
  const artifact = await admit(await readFile(join(home, 'component.wasm')), { maxMemoryPages: 1024, capabilities })
  const pool = new SlotPool({ size: 1, wall: (await detectWall()).kind, readArtifact: async () => artifact })
  try {
    const bodies = new BodiesFake(
      'both',
      [...sent].map((letter) => Buffer.from(letter)),
    )
    const { outcome } = await pool.execute(jobFor(artifact, '/stream', { bodies }), new HostFake())
    return { outcome, head: bodies.head, same: bodies.written.toString() === sent }
  } finally {
    await pool.close()
  }
}
