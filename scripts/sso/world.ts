import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Ran } from '../demo/command.js'
import { freePort } from '../demo/free-port.js'
import { Service } from '../demo/service.js'
import { CommandHome } from './command-home.js'
import { launchChromium, PersonBrowser, type Answer } from './person-browser.js'

interface Parts {
  readonly service: Service
  readonly browser: Browser
  readonly folder: string
  readonly issuer: string
  readonly keys: Readonly<Record<string, string>>
  /** Where browsers know the service: browsers make passkeys for names, not for addresses. */
  readonly url: string
}

/** A service of its own with the demo's people and their identity provider, a browser, and a home for the command. */
export class SsoWorld {
  private readonly home: CommandHome

  private constructor(
    private readonly parts: Parts,
    private readonly person: PersonBrowser,
  ) {
    this.home = new CommandHome(parts.folder, parts.url)
  }

  static async open(executablePath: string): Promise<SsoWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-sso-'))
    const port = String(await freePort())
    const url = `http://localhost:${port}`
    const service = await Service.start(join(folder, 'data'), { PORT: port, GATEHOUSE_PUBLIC_URL: url })
    const read = async (name: string) => JSON.parse(await readFile(join(folder, 'data', name), 'utf8')) as never
    const { issuer } = (await read('identity-provider.json')) as { issuer: string }
    const keys = (await read('keys/demo-keys.json')) as Record<string, string>
    const browser = await launchChromium(executablePath)
    return new SsoWorld({ service, browser, folder, issuer, keys, url }, await PersonBrowser.open(browser))
  }

  get url(): string {
    return this.parts.url
  }

  get issuer(): string {
    return this.parts.issuer
  }

  get page(): Page {
    return this.person.page
  }

  get context() {
    return this.person.context
  }

  /** A browser of somebody else, with cookies of its own. */
  newBrowser(): Promise<PersonBrowser> {
    return PersonBrowser.open(this.parts.browser)
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
    return this.person.ask(method, path, body, csrf)
  }

  /** The token that requests of this browser need. */
  csrf(): Promise<string> {
    return this.person.csrf()
  }

  /** The command, as whoever signed in by it. */
  command(args: readonly string[]): Promise<Ran> {
    return this.home.run(args)
  }

  /** The command, by the key of a person of the demo. */
  as(label: string, args: readonly string[]): Promise<Ran> {
    return this.home.run(['--as', label, ...args])
  }

  /** `gatehouse login`; `visit` is given the address that it names. */
  login(args: readonly string[], visit: (address: string, said: string) => Promise<void>): Promise<Ran> {
    return this.home.login(args, visit)
  }

  /** Where the command keeps who is signed in. */
  get kept(): string {
    return this.home.kept
  }

  async close(): Promise<void> {
    await this.parts.browser.close()
    await this.parts.service.stop()
    await rm(this.parts.folder, { recursive: true, force: true })
  }
}
