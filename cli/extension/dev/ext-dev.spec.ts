import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ExecutionRecording } from '#contract/api/recordings.js'
import { packageRoot } from '#runtime/package-root.js'
import { scaffold } from '../scaffold.js'
import { ToldService } from '../../testing/told-service.js'

const MINUTE = 60_000
const ID = 'com.example.looped'

interface Said {
  readonly event: string
  readonly [field: string]: unknown
}

/** A real `gatehouse ext dev`, and what it says, line by line. */
class Dev {
  private readonly said: Said[] = []
  private readonly waiting: { readonly of: (said: Said) => boolean; readonly take: (said: Said) => void }[] = []

  private constructor(
    private readonly child: ChildProcess,
    readonly errors: string[],
  ) {
    createInterface({ input: child.stdout! }).on('line', (line) => this.hear(JSON.parse(line) as Said))
    createInterface({ input: child.stderr! }).on('line', (line) => errors.push(line))
  }

  static start(folder: string, ...flags: string[]): Dev {
    const main = join(packageRoot(), 'dist/cli/main.js')
    return new Dev(spawn(process.execPath, [main, '--json', 'ext', 'dev', folder, ...flags], { stdio: 'pipe' }), [])
  }

  /** The next of these that has not been taken yet. */
  next(event: string): Promise<Said> {
    const at = this.said.findIndex((each) => each.event === event)
    if (at >= 0) return Promise.resolve(this.said.splice(at, 1)[0]!)
    return new Promise((resolve, reject) => {
      this.waiting.push({ of: (each) => each.event === event, take: resolve })
      this.child.once('exit', () => reject(new Error(`it ended: ${this.errors.join('\n')}`)))
    })
  }

  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode
    this.child.kill('SIGINT')
    const [code] = (await once(this.child, 'exit')) as [number | null]
    return code
  }

  private hear(said: Said): void {
    const at = this.waiting.findIndex(({ of }) => of(said))
    if (at >= 0) this.waiting.splice(at, 1)[0]!.take(said)
    else this.said.push(said)
  }
}

const handler = (
  body: string,
): string => `import { json, decodeUtf8, type Request, type Response } from '@gatehouse/sdk'
import * as kv from 'gatehouse:extension/kv@0.1.0'
import * as http from 'gatehouse:extension/http@0.1.0'

export function handle(request: Request): Response {
  ${body}
}
`
const FETCH = `const attempt = (url: string) => {
    try {
      return decodeUtf8(http.fetch({ method: 'GET', url, headers: [], body: new Uint8Array(0) }).body)
    } catch (error) {
      return (error as { payload: { code: string } }).payload.code
    }
  }
  return json(200, { known: attempt('https://api.example.com/v1/rate'), unknown: attempt('https://other.example.com/') })`

describe('gatehouse ext dev', () => {
  let folder: string
  let dev: Dev
  let url: string
  const write = (name: string, text: string) => writeFile(join(folder, name), text)
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`)
    return {
      status: response.status,
      id: response.headers.get('x-gatehouse-decision-id'),
      body: (await response.json()) as unknown,
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-dev-'))
    await scaffold(folder, { id: ID, type: 'workflow-step', lang: 'ts' })
    const manifest = JSON.parse(await readFile(join(folder, 'extension.json'), 'utf8')) as Record<string, unknown>
    await write(
      'extension.json',
      JSON.stringify({
        ...manifest,
        permissions: ['kv:read', 'kv:write', 'http:fetch'],
        egress: [{ host: 'api.example.com', methods: ['GET'], path_prefix: '/v1' }],
      }),
    )
    await mkdir(join(folder, 'fixtures'))
    await write(
      'fixtures/world.yaml',
      'kv: {greeting: hello}\nhttp: [{url: "https://api.example.com/*", body: "1.5"}]\n',
    )
    await write('fixtures/requests.yaml', 'requests: {first: {path: /hello?from=fixture}}\n')
    await write(
      'src/handler.ts',
      handler("return json(200, { stored: decodeUtf8(kv.get('greeting')!), query: request.query })"),
    )
    dev = Dev.start(folder)
    url = (await dev.next('serving'))['url'] as string
    await dev.next('built')
  }, 3 * MINUTE)
  afterAll(async () => {
    await dev.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it(
    'answers as the gateway does, with what the fixtures hold',
    async () => {
      expect(await get('/hello')).toMatchObject({ status: 200, body: { stored: 'hello' } })
      expect(await get(`/api/ext/${ID}/hello`)).toMatchObject({ status: 200 })
      expect(await get('/_fixtures/first')).toMatchObject({ body: { query: [['from', 'fixture']] } })
      expect(await get('/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect((await fetch(`${url}/hello`, { method: 'POST' })).status).toBe(405)
      expect(await dev.next('host_call')).toMatchObject({ name: 'kv.get', decision: { outcome: 'allow' } })
    },
    MINUTE,
  )

  it(
    'has the new behaviour after a change, and says in what time',
    async () => {
      await write('src/handler.ts', handler('return json(200, { changed: true })'))
      const built = await dev.next('built')
      expect(built).toMatchObject({ how: 'script', ms: expect.any(Number) })
      console.log(`rebuilt in ${String(built['ms'])} ms`)
      expect((await get('/hello')).body).toEqual({ changed: true })
    },
    MINUTE,
  )

  it(
    'says file and line of what does not build, and goes on with what did',
    async () => {
      await write('src/handler.ts', handler('return json(200, {'))
      expect((await dev.next('broken'))['message']).toMatch(/^src\/handler\.ts:\d+:\d+ /)
      expect((await get('/hello')).body).toEqual({ changed: true })
      await write('src/handler.ts', `const early: string = JSON.parse('{')\n${handler('return json(200, early)')}`)
      expect((await dev.next('broken'))['message']).toMatch(/^src\/handler\.ts:1:\d+ SyntaxError/)
      await write('fixtures/world.yaml', 'kv: [1]\n')
      expect((await dev.next('broken'))['message']).toContain('/kv: ')
      await write(
        'fixtures/world.yaml',
        'kv: {greeting: other}\nhttp: [{url: "https://api.example.com/*", body: "1.5"}]\n',
      )
    },
    MINUTE,
  )

  it(
    'shows a host call that policy denies, with its remedy, and ext why names the entry to change',
    async () => {
      await write('src/handler.ts', handler(FETCH))
      while ((await dev.next('built'))['how'] !== 'script');
      expect((await get('/hello')).body).toEqual({ known: '1.5', unknown: 'capability.host_undeclared' })
      const denied = await dev.next('host_call').then(async (first) => {
        let call = first
        while ((call['decision'] as { outcome: string } | null)?.outcome !== 'deny') call = await dev.next('host_call')
        return call['decision'] as { id: string; reasons: { id: string; remedy: string }[] }
      })
      expect(denied.reasons).toEqual([
        expect.objectContaining({
          id: 'capability.host_undeclared',
          remedy: expect.stringContaining('Declare the host'),
        }),
      ])
      const service = await ToldService.start()
      try {
        const { stdout } = await service.gatehouse('ext', 'why', denied.id, '--dir', folder)
        expect(stdout).toContain('extension.json /egress/-: add {"host":"other.example.com"')
      } finally {
        await service.stop()
      }
    },
    MINUTE,
  )

  it(
    'records each call, to be stepped through',
    async () => {
      let result = await dev.next('result')
      while (Number(result['host_calls']) < 2) result = await dev.next('result')
      const service = await ToldService.start()
      try {
        const { stdout } = await service.gatehouse('--json', 'ext', 'dev', '--replay', String(result['recording']))
        const { steps } = ExecutionRecording.parse(JSON.parse(stdout))
        expect(steps.map(({ name, decision }) => [name, decision?.outcome])).toEqual([
          ['http.fetch', 'allow'],
          ['http.fetch', 'deny'],
        ])
      } finally {
        await service.stop()
      }
    },
    MINUTE,
  )

  it(
    'decides for whoever is said to call, and leaves nothing when it ends',
    async () => {
      expect(await dev.stop()).toBe(0)
      await expect(fetch(`${url}/hello`)).rejects.toThrow()
      dev = Dev.start(folder, '--scope', 'extensions:read', '--without', 'http:fetch')
      url = (await dev.next('serving'))['url'] as string
      expect(await get('/hello')).toMatchObject({
        ...{ status: 403, body: { code: 'policy.denied', reasons: [{ id: 'call.scope_missing' }] } },
      })
      expect(await dev.stop()).toBe(0)
      expect(dev.errors).toEqual([])
    },
    2 * MINUTE,
  )
})
