import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { gatehouse, type Ran } from '../demo/command.js'
import { Service } from '../demo/service.js'

const cli = fileURLToPath(new URL('../../cli/main.js', import.meta.url))

/** What a page of the service was answered. */
export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly challenge: string | null
}

interface Parts {
  readonly service: Service
  readonly browser: Browser
  readonly folder: string
  readonly issuer: string
  readonly keys: Readonly<Record<string, string>>
}

/** A service of its own with the demo's people and their identity provider, a browser, and a home for the command. */
export class SsoWorld {
  private constructor(
    private readonly parts: Parts,
    /** One person's browser, with its cookies. */
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(executablePath: string): Promise<SsoWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-sso-'))
    const service = await Service.start(join(folder, 'data'), {})
    const read = async (name: string) => JSON.parse(await readFile(join(folder, 'data', name), 'utf8')) as never
    const { issuer } = (await read('identity-provider.json')) as { issuer: string }
    const keys = (await read('keys/demo-keys.json')) as Record<string, string>
    // A browser's own wall wants a user that is not root; what it opens here is this machine's alone.
    const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    const context = await browser.newContext()
    return new SsoWorld({ service, browser, folder, issuer, keys }, context, await context.newPage())
  }

  get url(): string {
    return this.parts.service.url
  }

  get issuer(): string {
    return this.parts.issuer
  }

  get folder(): string {
    return this.parts.folder
  }

  /** A browser of somebody else, with cookies of its own. */
  newBrowser(): Promise<BrowserContext> {
    return this.parts.browser.newContext()
  }

  key(label: string): string {
    return this.parts.keys[label] ?? ''
  }

  /** At the identity provider: is this person, with one factor or two. */
  async beAt(person: string, factors: 'one' | 'two', page = this.page): Promise<void> {
    await page.waitForURL(`${this.issuer}/**`)
    const box = page.locator('input[name=factors]')
    await (factors === 'two' ? box.check() : box.uncheck())
    await page.click(`button[value=${person}]`)
  }

  /** Asks the service from a page of its own, with the browser's cookie. */
  ask(method: string, path: string, body?: object, csrf?: string): Promise<Answer> {
    return this.page.evaluate(
      async ([verb, address, sent, token]) => {
        const response = await fetch(address, {
          method: verb,
          headers: { ...(sent && { 'content-type': 'application/json' }), ...(token && { 'x-csrf-token': token }) },
          ...(sent && { body: sent }),
        })
        const answered = (await response.json()) as Record<string, unknown>
        return { status: response.status, body: answered, challenge: response.headers.get('www-authenticate') }
      },
      [method, path, body ? JSON.stringify(body) : '', csrf ?? ''] as const,
    )
  }

  /** The token that requests of this browser need. */
  async csrf(): Promise<string> {
    return String((await this.ask('GET', '/auth/session')).body['csrf_token'])
  }

  /** The command, at home in a folder of its own. */
  command(args: readonly string[]): Promise<Ran> {
    return gatehouse(['--url', this.url, ...args], this.home)
  }

  /** `gatehouse login`; `visit` is given the address that it names. */
  async login(args: readonly string[], visit: (address: string, said: string) => Promise<void>): Promise<Ran> {
    const child = spawn(process.execPath, [cli, '--url', this.url, 'login', ...args, '--json'], {
      // Without a PATH no other browser opens.
      env: { HOME: this.folder, ...this.home },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    const answered = text(child.stdout)
    let stderr = ''
    const told = new Promise<string>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString()
        const address = /Open (http\S+)/.exec(stderr)?.[1]
        if (address) resolve(address)
      })
      ended.then(() => reject(new Error(`the command ended: ${stderr}`)), reject)
    })
    await visit(await told, stderr)
    await ended
    const stdout = await answered
    const answer = JSON.parse(stdout.trim().split('\n').at(-1) || '{}') as Record<string, unknown>
    return { code: child.exitCode ?? -1, answer, stdout, stderr }
  }

  /** Where the command keeps who is signed in. */
  get kept(): string {
    return join(this.folder, 'config', 'gatehouse', 'sign-ins.json')
  }

  async close(): Promise<void> {
    await this.parts.browser.close()
    await this.parts.service.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  private get home(): Record<string, string> {
    return {
      GATEHOUSE_TOKENS: 'file',
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      GATEHOUSE_DATA: join(this.folder, 'data'),
    }
  }
}
