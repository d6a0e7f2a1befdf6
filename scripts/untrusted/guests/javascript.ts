import { stripTypeScriptTypes } from 'node:module'
import type { GuestProbe, Language, Told } from './probe.js'

interface Script {
  readonly imports?: string
  /** Statements of the module. */
  readonly state?: string
  /** What is found, before anything is planted. */
  readonly find?: string
  readonly plant?: string
  readonly answerHeaders?: string
}

const MOTTO = {
  version: 1,
  schema: { type: 'object', properties: { motto: { type: 'string' } }, required: ['motto'] },
}
const CONFIG = "import { all, get as setting } from 'gatehouse:extension/config@0.1.0'"
const TOKEN = [{ name: 'token', title: 'Token' }]

const scripted = (
  { imports = '', state = '', find = '[]', plant = '', answerHeaders = '' }: Script,
  number: number,
) => `
${imports}
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0) & 255)
const text = (all: Uint8Array): string => all.reduce((so, one) => so + String.fromCharCode(one), '')
const tried = (work: () => unknown): unknown => { try { const one = work(); return one instanceof Uint8Array ? text(one) : one } catch (error) { return (error as any).payload ?? String(error) } }
${state}
export function handle(request: any): any {
  const told: any = JSON.parse(text(request.body) || '{}')
  const found: unknown = ${find}
  ${plant}
  const shown = JSON.stringify({ number: ${number}, path: request.path, found }, (_key, one) => one instanceof Uint8Array ? text(one) : typeof one === 'bigint' ? String(one) : one)
  return { status: 200, headers: [['content-type', 'application/json']${answerHeaders}], body: bytes(shown) }
}
`

const guest = (
  name: string,
  script: Script,
  more: Omit<GuestProbe, 'name' | 'languages' | 'source'> & { readonly languages?: readonly Language[] },
): GuestProbe => ({
  name,
  languages: ['js', 'ts'],
  source: (language, number) => {
    const typed = scripted(script, number).replaceAll('NUMBER', String(number).padStart(2, '0'))
    // What is written in TypeScript keeps an enumeration, which is more than types.
    const source =
      language === 'ts' ? `${typed}enum Kind { one = ${number}, other }; globalThis.kind = Kind.other\n` : typed
    return { js: stripTypeScriptTypes(source, { mode: 'transform' }) }
  },
  ...more,
})

const NAMES = `['shared', '', '..', '../shared', '__proto__', 'constructor', '%', '*', ...told.others.flatMap((id: string) => [id, id + '/shared', id + ':shared', '../' + id + '/shared'])]`

/** Bodies of which every organisation sends the same. */
const same = (): string => JSON.stringify({ plant: '', others: [], urls: [] } satisfies Told)

export const javascript: readonly GuestProbe[] = [
  guest(
    'memory',
    {
      state: `const kept: string[] = []\nlet last = ''\nconst weak = Symbol.for('kept')`,
      find: `[kept.slice(), last, (globalThis as any).kept, ({} as any).kept, ([] as any).kept, (handle as any).kept, (Symbol.for('kept') as any).description, RegExp.prototype['kept' as never], Object.keys(globalThis)]`,
      plant: `kept.push(told.plant); last = told.plant
  for (const one of [globalThis, Object.prototype, Array.prototype, handle, RegExp.prototype]) Object.defineProperty(one, 'kept', { value: [...((one as any).kept ?? []), told.plant], writable: true, configurable: true, enumerable: false })`,
    },
    { permissions: [], place: 'memory', inMemory: true },
  ),
  guest(
    'chance',
    {
      imports: `import { bytes as chance } from 'gatehouse:extension/random@0.1.0'`,
      find: `[...chance(16)].map((one) => one.toString(16).padStart(2, '0')).join('')`,
    },
    {
      permissions: [],
      drawn: (answer) => [...answer.matchAll(/"found":"([0-9a-f]{32})"/g)].map(([, drawn]) => drawn!),
    },
  ),
  guest(
    'storage',
    {
      imports: `import { get, set, list, read, scan } from 'gatehouse:extension/kv@0.1.0'`,
      find: `[list(''), scan('', undefined, 1000), tried(() => read('shared')), ...${NAMES}.map((name: string) => [tried(() => get(name)), tried(() => list(name))])]`,
      plant: `set('shared', bytes(told.plant)); set(told.plant, bytes('a name'))`,
    },
    { permissions: ['kv:read', 'kv:write'], place: 'storage', manifest: () => ({ limits: { host_calls: 1000 } }) },
  ),
  guest(
    'secrets',
    {
      imports: `import { get as secret } from 'gatehouse:extension/secrets@0.1.0'`,
      find: `['token', 'password', ...${NAMES}, ...told.others.map((id: string) => id + '/token')].map((name: string) => tried(() => secret(name)))`,
    },
    {
      permissions: ['secrets:read'],
      place: 'secrets',
      manifest: () => ({ secrets: TOKEN, limits: { host_calls: 1000 } }),
    },
  ),
  guest(
    'settings',
    { imports: CONFIG, find: `[all(), ...['motto', ...${NAMES}].map((name) => tried(() => setting(name)))]` },
    {
      permissions: ['config:read'],
      place: 'settings',
      manifest: () => ({ config: MOTTO, limits: { host_calls: 1000 } }),
    },
  ),
  guest(
    'logs',
    {
      imports: `import { write } from 'gatehouse:extension/log@0.1.0'`,
      plant: `for (const level of ['debug', 'info', 'warn', 'error'] as const) write(level, level + ' ' + told.plant)`,
    },
    { permissions: ['log:write'], place: 'logs' },
  ),
  guest(
    'events',
    {
      imports: `import { publish } from 'gatehouse:extension/events@0.1.0'`,
      find: `[...Array(5).keys()].map((one) => tried(() => publish('com.acme-labs.untrusted-0' + one + '.said', '{"motto":"x"}')))`,
      plant: `publish('com.acme-labs.untrusted-NUMBER.said', JSON.stringify({ motto: told.plant }))`,
    },
    {
      permissions: ['events:publish'],
      place: 'events',
      manifest: (id) => ({
        events: { emits: [{ type: `${id}.said`, description: 'It said something', schema: MOTTO.schema }] },
      }),
    },
  ),
  guest(
    'measurements',
    {
      imports: `import { record } from 'gatehouse:extension/metrics@0.1.0'`,
      plant: `record({ kind: 'counter', name: 'calls', value: 1, labels: [['motto', told.plant]] })`,
    },
    { permissions: ['metrics:write'], place: 'measurements' },
  ),
  guest(
    'cached answers',
    {
      imports: CONFIG,
      find: `all()`,
      answerHeaders: `, ['etag', '"same"'], ['cache-control', 'public, max-age=31536000'], ['x-ext-motto', JSON.parse(setting('motto') ?? '""')]`,
    },
    {
      permissions: ['config:read'],
      place: 'cached answers',
      method: 'GET',
      manifest: () => ({ config: MOTTO }),
      headers: (number) => (number % 2 ? { 'if-none-match': '"same"' } : { 'cache-control': 'only-if-cached' }),
    },
  ),
  guest(
    'kept answers',
    { imports: CONFIG, find: `all()` },
    {
      permissions: ['config:read'],
      place: 'kept answers',
      manifest: () => ({ config: MOTTO }),
      body: same,
      headers: (number) => ({ 'idempotency-key': `"the same for all of ${number}"` }),
    },
  ),
  guest(
    'late answers',
    { imports: CONFIG, find: `all()` },
    {
      permissions: ['config:read'],
      place: 'late answers',
      manifest: () => ({ config: MOTTO }),
      headers: () => ({ prefer: 'respond-async' }),
    },
  ),
  guest(
    'recordings',
    { find: `told.plant`, state: `let seen = ''` },
    { permissions: [], place: 'recordings', headers: () => ({ 'gatehouse-record': 'true' }) },
  ),
  guest(
    'problems',
    { plant: `if (told.plant) throw Object.assign(new Error('failed with ' + told.plant), { payload: told.plant })` },
    { permissions: [], place: 'problems' },
  ),
  guest(
    'the network',
    {
      imports: `import { fetch } from 'gatehouse:extension/http@0.1.0'`,
      find: `told.urls.map((url: string) => tried(() => { const answer = fetch({ method: 'GET', url, headers: [], body: new Uint8Array() }); return [answer.status, answer.headers, text(answer.body)] }))`,
    },
    {
      permissions: ['http:fetch'],
      // Declared by its publisher, and not let through by the operator.
      manifest: (_id, port) => ({ egress: [{ scheme: 'http', host: 'localhost', port, methods: ['GET'] }] }),
    },
  ),
]
