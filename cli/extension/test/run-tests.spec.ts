import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extTest } from '../../testing/ext-command.js'
import { scaffold } from '../scaffold.js'

const LONG = 120_000
let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'gatehouse-ext-test-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

const fresh = async (name: string): Promise<string> => {
  const home = join(folder, name)
  await scaffold(home, { id: `com.example.${name}`, type: 'workflow-step', lang: 'ts' })
  return home
}

/** A file of tests, and the line of what stands in it. */
const written = async (home: string, text: string) => {
  await writeFile(join(home, 'test/handler.test.ts'), text)
  return (part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1
}

describe('cases in YAML', () => {
  it(
    'names file, line and field of what is otherwise, and of what is written wrongly',
    async () => {
      const home = await fresh('broken')
      const cases = join(home, 'test/cases.yaml')
      const text = await readFile(cases, 'utf8')
      await writeFile(cases, text.replace('{ hello: world }', '{ hello: moon }'))
      const {
        code,
        cases: [first, second],
      } = await extTest(home)
      expect(code).toBe(1)
      const line = text.split('\n').findIndex((each) => each.includes('body:')) + 1
      expect(first).toMatchObject({ passed: false, failures: [{ field: 'expect.body', line }] })
      expect(first!.failures[0]!.message).toBe('expected {"json":{"hello":"moon"}}, found {"json":{"hello":"world"}}')
      expect(second!.passed).toBe(true)
      await writeFile(cases, text.replace('path: /hello', 'path: hello'))
      const wrong = await extTest(home)
      expect(wrong.code).toBe(2)
      expect(wrong.said).toMatch(/cases\.yaml:3: \/cases\/0\/request\/path/)
    },
    LONG,
  )
})

const TESTS = `import { strictEqual } from 'node:assert/strict'
import { call, given, test, type Called } from '@gatehouse/sdk/testing'

const held = (called: Called): void => called.expect({ status: 201 })

test('is otherwise', async () => {
  const said = await call({ path: '/hello' })
  said.expect({
    status: 200, fuel_at_most: 1, body: { json: { hello: 'moon' } } })
})
test('fails in something shared', async () => {
  const said = await call({ path: '/hello' })
  held(said)
})
test('raises', async () => {
  const said = await call({ path: '/hello' }, { granted: [] })
  strictEqual(said.calls[0]?.error, 'capability.other')
})
test('calls what is not there', async () => {
  await call({ path: '/nowhere' })
})
test('forgets to wait', async () => {
  void call({ path: '/hello' })
})
test('has surroundings that are none', () => {
  given({ rung: 'ladder' as never })
})
test('sees all of it', async () => {
  console.log('what a test prints')
  const there = given({ now: '2026-01-31T09:30:00Z' })
  const said = await there.call({ path: '/hello', headers: { 'x-one': '1' } })
  strictEqual(said.outcome, 'ok')
  strictEqual(said.text(), '{"hello":"world"}')
  strictEqual(said.headers['content-type'], 'application/json')
  strictEqual(said.log[0], 'GET /hello')
  strictEqual(said.calls[0]?.args['message'], 'GET /hello')
  if (said.fuel <= 0) throw new Error('it was free')
})
`

const PAID = 'com.example.ledger.invoice_paid'

const CONSUMER = `import { decodeUtf8, encodeUtf8, eventOf, json, problem, type Request, type Response } from '@gatehouse/sdk'
import * as kv from 'gatehouse:extension/kv@0.1.0'

export function handle(request: Request): Response {
  const event = eventOf<{ number: number }>(request)
  if (!event) return problem(403, 'Not an event', 'Only events are taken')
  if (kv.get(event.id)) return json(200, { again: event.id })
  kv.set(event.id, encodeUtf8(String(event.data.number)))
  return json(201, { at: event.time, ids: kv.list('').length, first: decodeUtf8(kv.get(event.id)!) })
}
`

const DELIVERIES = `import { deliver, given, test } from '@gatehouse/sdk/testing'

const paid = (number: unknown) => ({ type: '${PAID}', data: { number } })

test('takes in what is delivered', async () => {
  const books = given({ now: '2026-01-31T09:30:00Z' })
  for (const ids of [1, 2, 3]) {
    const taken = await books.deliver(paid(ids))
    taken.expect({ status: 201, body: { json: { at: '2026-01-31T09:30:00.000Z', ids, first: String(ids) } } })
  }
  const id = '01990000-0000-7000-8000-00000000aaaa'
  const once = await books.deliver({ ...paid(4), id })
  once.expect({ status: 201, kv: { [id]: '4' } })
  const twice = await books.deliver({ ...paid(4), id })
  twice.expect({ status: 200, body: { json: { again: id } } })
  const made = await books.call({ method: 'POST', path: '/paid', body: { json: paid(5) } })
  made.expect({ status: 403 })
})
test('is its own test', async () => {
  const alone = await deliver(paid(7), { refuse: { 'kv.set': 'kv.conflict' } })
  alone.expect({ outcome: 'trap', kv: { '01990000-0000-7000-8000-0000000000e1': null } })
})
test('misfits', async () => {
  await deliver({ type: '${PAID}', data: { number: 'seven' } })
})
test('is not consumed', async () => {
  await deliver({ type: 'com.example.ledger.refunded', data: {} })
})
test('has no such id', async () => {
  await deliver({ ...paid(7), id: 'seven' })
})
test('forgets to wait', async () => {
  void given().deliver(paid(7))
})
`

describe('tests in TypeScript', () => {
  it(
    'name file and line of what fails, and the field where it is an expectation',
    async () => {
      const home = await fresh('scripted')
      const lineOf = await written(home, TESTS)
      const { code, cases, said } = await extTest(home)
      expect(code).toBe(1)
      const tests = cases.filter(({ file }) => file === 'test/handler.test.ts')
      expect(tests.map(({ name, line, passed }) => [name, line, passed])).toEqual(
        [...TESTS.matchAll(/^test\('(.*?)'/gm)].map(([head, name]) => [name, lineOf(head), name === 'sees all of it']),
      )
      const failures = new Map(tests.map(({ name, failures: found }) => [name, found]))
      const expected = lineOf('said.expect({')
      expect(failures.get('is otherwise')).toMatchObject([
        { line: expected, field: 'expect.body' },
        { line: expected, field: 'expect.fuel_at_most' },
      ])
      expect(failures.get('fails in something shared')).toMatchObject([
        { line: lineOf('const held'), field: 'expect.status', message: 'expected 201, found 200' },
      ])
      expect(failures.get('raises')).toMatchObject([{ line: lineOf('capability.other'), field: 'test' }])
      expect(failures.get('calls what is not there')).toMatchObject([{ line: lineOf('/nowhere'), field: 'test' }])
      expect(failures.get('forgets to wait')).toMatchObject([
        { line: lineOf('forgets to wait'), message: '1 of its calls were not awaited' },
      ])
      expect(failures.get('has surroundings that are none')).toMatchObject([{ line: lineOf('ladder') }])
      expect(said).toContain('what a test prints')
    },
    LONG,
  )

  it(
    'are refused with file and line where they do not load, and where there are none',
    async () => {
      const home = await fresh('unloadable')
      await written(home, "import { test } from '@gatehouse/sdk/testing'\n\ntest('x', () => {)\n")
      const syntax = await extTest(home)
      expect([syntax.code, syntax.said]).toEqual([2, expect.stringMatching(/handler\.test\.ts:3:/)])
      await written(home, "import { call } from '@gatehouse/sdk/testing'\n\nawait call({ path: '/hello' })\n")
      const early = await extTest(home)
      expect([early.code, early.said]).toEqual([2, expect.stringMatching(/handler\.test\.ts:3: Calls are made inside/)])
      await written(home, 'export {}\n')
      expect((await extTest(home)).said).toContain('has no tests')
    },
    LONG,
  )

  it(
    'deliver events, each with an id of its own unless it says one, and say what never would be delivered',
    async () => {
      const home = await fresh('delivered')
      const manifest = JSON.parse(await readFile(join(home, 'extension.json'), 'utf8')) as {
        permissions: string[]
        api: { endpoints: object[] }
      }
      manifest.permissions.push('events:subscribe', 'kv:read', 'kv:write')
      manifest.api.endpoints.push({ id: 'paid', title: 'Takes it in', method: 'POST', path: '/paid' })
      const schema = { type: 'object', properties: { number: { type: 'integer' } }, required: ['number'] }
      const consumes = [{ type: PAID, schema, endpoint: 'paid' }]
      await writeFile(join(home, 'extension.json'), JSON.stringify({ ...manifest, events: { consumes } }))
      await writeFile(join(home, 'src/handler.ts'), CONSUMER)
      await rm(join(home, 'test/cases.yaml'))
      const lineOf = await written(home, DELIVERIES)
      const { code, cases } = await extTest(home)
      const failures = new Map(cases.map(({ name, failures: found }) => [name, found]))
      expect(failures.get('takes in what is delivered')).toEqual([])
      expect(failures.get('is its own test')).toEqual([])
      expect(failures.get('misfits')).toMatchObject([
        { line: lineOf("{ number: 'seven' }"), message: expect.stringContaining('is never delivered: /data/number') },
      ])
      expect(failures.get('is not consumed')).toMatchObject([
        {
          line: lineOf('.refunded'),
          message: expect.stringContaining('events.consumes of the manifest does not have'),
        },
      ])
      expect(failures.get('has no such id')).toMatchObject([
        { line: lineOf("id: 'seven'"), message: expect.stringMatching(/^\/id of the event/) },
      ])
      expect(failures.get('forgets to wait')).toMatchObject([{ message: '1 of its calls were not awaited' }])
      expect(code).toBe(1)
    },
    LONG,
  )
})
