import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import ts from 'typescript'
import { EXTENSION_TYPES } from '#contract/manifest/index.js'
import { packageRoot } from '#runtime/package-root.js'
import { ext } from '../testing/ext-command.js'
import { scaffold } from './scaffold.js'
import { typeFiles } from './types.js'

const LONG = 60_000
const TYPES = 'sdk/types/generated/gatehouse.d.ts'
let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'gatehouse-types-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The compiler as authors run it, in a folder without `node_modules`. */
const tsc = (home: string) => {
  const compiler = join(packageRoot(), 'node_modules/typescript/bin/tsc')
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: home, encoding: 'utf8' })
  return { status, stdout }
}

/** A folder with these sources and the files for editors. */
const withTypes = async (name: string, sources: Record<string, string>): Promise<string> => {
  const home = join(folder, name)
  for (const [path, text] of Object.entries({ ...(await typeFiles()), ...sources })) {
    await mkdir(dirname(join(home, path)), { recursive: true })
    await writeFile(join(home, path), text)
  }
  return home
}

describe('the compiler finds nothing wrong', () => {
  it.each([...EXTENSION_TYPES.map((type) => [type, 'ts'] as const), ['workflow-step', 'assemblyscript'] as const])(
    'in a new %s in %s',
    async (type, lang) => {
      const home = join(folder, `${type}-${lang}`)
      await scaffold(home, { id: 'com.example.fresh', type, lang })
      expect(tsc(home)).toEqual({ status: 0, stdout: '' })
    },
    LONG,
  )

  it(
    'in the reference extensions',
    async () => {
      const home = await withTypes('reference', {})
      const from = join(packageRoot(), 'extensions')
      for (const entry of await readdir(from, { withFileTypes: true }))
        for (const part of entry.isDirectory() ? ['src', 'test'] : [])
          await cp(join(from, entry.name, part), join(home, part, entry.name), {
            recursive: true,
            filter: (path) => !path.endsWith('.spec.ts'),
          })
      expect(tsc(home)).toEqual({ status: 0, stdout: '' })
    },
    LONG,
  )

  it(
    'in what the guide to tests shows',
    async () => {
      const guide = await readFile(join(packageRoot(), 'docs/extensions/tests.md'), 'utf8')
      const shown = [...guide.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!)
      expect(shown).toHaveLength(1)
      expect(tsc(await withTypes('guide', { 'test/guide.test.ts': shown[0]! }))).toEqual({ status: 0, stdout: '' })
    },
    LONG,
  )
})

const WRONG = `import { encrypt } from '@gatehouse/sdk' // wrong
import * as files from 'gatehouse:extension/files@0.1.0' // wrong
import * as later from 'gatehouse:extension/kv@0.2.0' // wrong
import * as kv from 'gatehouse:extension/kv@0.1.0'
import * as log from 'gatehouse:extension/log@0.1.0'
import * as http from 'gatehouse:extension/http@0.1.0'
import { eventOf, hostErrorOf, isHostError, json, type Request, type Response } from '@gatehouse/sdk'
import { pieces, sse } from '@gatehouse/sdk/streams'
import { call, deliver, given, test } from '@gatehouse/sdk/testing'

const bytes = new Uint8Array(0)
export function handle(request: Request): Response {
  kv.put('key', bytes) // wrong
  kv.delete('key')
  kv.set('key', 'text') // wrong
  const length: number = kv.get('key').length // wrong
  kv.transact([{ tag: 'put', val: { key: 'key', expect: { tag: 'absent' }, value: bytes } }])
  kv.transact([{ tag: 'put', val: { key: 'key', expect: { tag: 'absent' } } }]) // wrong
  kv.transact([{ tag: 'check', val: { key: 'key', expect: { tag: 'newer' } } }]) // wrong
  log.write('loud', request.path) // wrong
  http.fetch({ method: 'GET', uri: 'https://example.com/', headers: [], body: bytes }) // wrong
  request.url // wrong
  request.body = bytes // wrong
  try {
    return json('200', { length }) // wrong
  } catch (error) {
    if (isHostError(error) && error.payload.reason) throw error // wrong
    if (hostErrorOf(error)?.kind === 'gone') throw error // wrong
  }
  const event = eventOf<{ number: number }>(request)
  if (event?.data.number === 1) return { status: 204, headers: [], body: bytes }
  if (event?.data.amount === 1) return { status: 204, headers: [], body: bytes } // wrong
  for (const piece of pieces()) log.write('info', piece) // wrong
  document.title // wrong
  process.env // wrong
  if (length > 0) return sse([{ event: 'tick' }]) // wrong
  return { status: 200, header: [], body: bytes } // wrong
}

test('is typed', async () => {
  const there = given({ kv: { key: { json: { deep: [1] } } }, granted: ['kv:read'] })
  given({ kvs: {} }) // wrong
  given({ granted: ['kv:all'] }) // wrong
  given({ http: [{ url: 'https://example.com/*', fails: 'slowly' }] }) // wrong
  there.call('/path') // wrong
  const said = await there.call({ path: '/path' })
  said.expect({ status: 200, body: { json: { a: 1 } }, calls: [{ name: 'kv.get' }] })
  said.expect({ state: 200 }) // wrong
  said.expect({ body: { text: 'a' } }) // wrong
  call({ path: '/path' }).expect({}) // wrong
  await deliver({ type: 'com.example.ledger.paid', data: { number: 1 } })
  await deliver({ type: 'com.example.ledger.paid', payload: {} }) // wrong
})
`

it(
  'the compiler refuses each wrong use, and no other',
  async () => {
    const home = await withTypes('wrong', { 'src/handler.ts': WRONG })
    const { status, stdout } = tsc(home)
    const refused = [...stdout.matchAll(/^src\/handler\.ts\((\d+),\d+\): error/gm)].map(([, line]) => Number(line))
    const wrong = WRONG.split('\n').flatMap((text, index) => (text.endsWith('// wrong') ? [index + 1] : []))
    expect({ status, stdout, refused: [...new Set(refused)] }).toEqual({ status: 2, stdout, refused: wrong })
  },
  LONG,
)

/** What each module declares: its name → each name that it exports → what is said of it. */
const declaredModules = (): Map<string, Map<string, string>> => {
  const program = ts.createProgram([join(packageRoot(), TYPES)], { lib: ['lib.es2024.d.ts'], types: [] })
  const checker = program.getTypeChecker()
  return new Map(
    checker.getAmbientModules().map((module) => [
      module.name.slice(1, -1),
      new Map(
        checker.getExportsOfModule(module).map((symbol) => {
          const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
          return [symbol.name, ts.displayPartsToString(meant.getDocumentationComment(checker))]
        }),
      ),
    ]),
  )
}

const camel = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

describe('the declarations', () => {
  it('say something of each name that they export', () => {
    const silent = [...declaredModules()].flatMap(([module, names]) =>
      [...names].flatMap(([name, words]) => (words === '' ? [`${module} ${name}`] : [])),
    )
    expect(silent).toEqual([])
  })

  it('have each function of each host interface, and no other', async () => {
    const wit = await readFile(join(packageRoot(), 'sdk/wit/extension.wit'), 'utf8')
    const interfaces = [...wit.matchAll(/^interface (\S+) \{$(.*?)^\}/gms)].filter(([, name]) => name !== 'types')
    const offered = interfaces.map(([, name, body]) => [
      `gatehouse:extension/${name}@0.1.0`,
      [...body!.matchAll(/^ {2}%?(\S+): func\(/gm)].map(([, each]) => camel(each!)).toSorted(),
    ])
    const declared = [...declaredModules()].flatMap(([module, names]) =>
      module.startsWith('gatehouse:')
        ? [[module, [...names.keys()].filter((name) => /^[a-z]/.test(name)).toSorted()]]
        : [],
    )
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(offered))
    expect(interfaces.length).toBeGreaterThan(5)
  })
})

describe('gatehouse ext types', () => {
  const renewed = async (home: string) => {
    const { code, said } = await ext(['types', home])
    return code === 0 ? (JSON.parse(said) as { files: unknown }).files : said
  }

  it(
    'renews what is out of date, and keeps the settings of the author',
    async () => {
      const home = await withTypes('renewed', { 'extension.json': '{}' })
      const [settings, types] = ['tsconfig.json', 'types/gatehouse.d.ts']
      expect(await renewed(home)).toEqual([
        { file: settings, state: 'fresh' },
        { file: types, state: 'fresh' },
      ])
      await writeFile(join(home, types), 'declare module "of/yesterday"\n')
      await writeFile(join(home, settings), '{}')
      expect(await renewed(home)).toEqual([
        { file: settings, state: 'kept' },
        { file: types, state: 'written' },
      ])
      expect(await readFile(join(home, types), 'utf8')).toBe(await readFile(join(packageRoot(), TYPES), 'utf8'))
      expect(await readFile(join(home, settings), 'utf8')).toBe('{}')
      await rm(join(home, settings))
      await rm(join(home, 'types'), { recursive: true })
      expect(await renewed(home)).toEqual([
        { file: settings, state: 'written' },
        { file: types, state: 'written' },
      ])
    },
    LONG,
  )

  it(
    'refuses a folder without an extension, and writes nothing there',
    async () => {
      const home = join(folder, 'empty')
      await mkdir(home)
      expect(await renewed(home)).toContain('start with gatehouse ext init')
      expect(await readdir(home)).toEqual([])
    },
    LONG,
  )
})
