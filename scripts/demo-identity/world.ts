import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { shown } from '../demo/step.js'
import { World } from '../demo/world.js'
import { CommandHome } from '../sso/command-home.js'
import { launchChromium, PersonBrowser } from '../sso/person-browser.js'
import type { Person } from './company.js'
import { NameServer } from '../demo/name-server.js'
import { OpenIdProvider } from './openid-provider.js'
import { OutsideIssuer } from '../demo/outside-issuer.js'
import { ScimClient } from './scim-client.js'

type Settings = (folder: string) => Promise<Record<string, string>>

/** What stands around the service: what the company has, and where its builds run. */
interface Surroundings {
  readonly names: NameServer
  readonly provider: OpenIdProvider
  readonly builds: OutsideIssuer
  readonly chromium: Browser
}

/** Everything that the steps share: the service of the demo, and around it a company with its domain, directory and provider. */
export class IdentityWorld {
  private readonly browsers = new Map<string, PersonBrowser>()
  /** Ids of people and groups of the directory, as the service gave them. */
  readonly ids = new Map<string, string>()
  /** Ids of people whom the directory let go, and who went. */
  readonly gone = new Set<string>()
  /** Tokens and keys that steps hand on; they are no evidence. */
  readonly secrets = new Map<string, string>()

  private constructor(
    readonly base: World,
    private readonly around: Surroundings,
  ) {}

  /** Starts all of it, the service under the settings given. */
  static async create(executablePath: string, settings: Settings): Promise<IdentityWorld> {
    const names = await NameServer.start()
    const [provider, builds] = [await OpenIdProvider.start(), await OutsideIssuer.start()]
    const hosts = [provider.issuer, builds.issuer].map((issuer) => new URL(issuer).host).join(',')
    const around = { names, provider, builds, chromium: await launchChromium(executablePath) }
    try {
      const base = await World.create(async (folder) => ({
        ...(await settings(folder)),
        ...{ GATEHOUSE_DNS_SERVERS: names.at, GATEHOUSE_EGRESS_PRIVATE_HOSTS: hosts },
      }))
      return new IdentityWorld(base, around)
    } catch (error) {
      await close(around)
      throw error
    }
  }

  get url(): string {
    return this.base.service.url
  }

  get names(): NameServer {
    return this.around.names
  }

  get provider(): OpenIdProvider {
    return this.around.provider
  }

  get builds(): OutsideIssuer {
    return this.around.builds
  }

  /** The directory, by the token of an earlier step. */
  scim(token: 'scim' | 'preview' = 'scim'): ScimClient {
    return new ScimClient(this.url, this.secret(token))
  }

  /** The id that the service gave to a person or group of the directory. */
  idOf(name: string): string {
    const id = this.ids.get(name)
    shown(id !== undefined, `${name} was synced`, this.ids.size)
    return id
  }

  secret(name: string): string {
    const secret = this.secrets.get(name)
    shown(secret !== undefined, `an earlier step got ${name}`, [...this.secrets.keys()])
    return secret
  }

  /** A browser of that name, with cookies of its own; the same one each time. */
  async browserOf(name: string): Promise<PersonBrowser> {
    const browser = this.browsers.get(name) ?? (await PersonBrowser.open(this.around.chromium))
    this.browsers.set(name, browser)
    return browser
  }

  /** The command of somebody who signs in. */
  commandOf({ email }: Person): CommandHome {
    const folder = join(this.base.folder, 'homes', email)
    mkdirSync(folder, { recursive: true })
    return new CommandHome(folder, this.url)
  }

  /** At the company's provider: says who they are, with one factor or two. */
  async beAt(page: Page, { email }: Person, factors: 'one' | 'two' = 'one'): Promise<void> {
    await page.waitForURL(`${this.provider.issuer}/**`)
    await page.fill('input[name=email]', email)
    if (factors === 'two') await page.check('input[name=factors]')
    await page.click('button')
  }

  /** Types the address of somebody where people sign in: their domain leads to their provider. */
  async leadOn(page: Page, { email }: Person): Promise<void> {
    await page.goto(`${this.url}/auth/login`)
    await page.fill('#login_hint', email)
    await page.click('button')
  }

  /** Signs somebody in, in their own browser, with one factor. */
  async enter(person: Person): Promise<void> {
    const { page } = await this.browserOf(person.email)
    await this.leadOn(page, person)
    await this.beAt(page, person)
    await page.waitForURL(`${this.url}/auth/session`)
  }

  async close(): Promise<void> {
    await this.base.close()
    await close(this.around)
  }
}

const close = async ({ names, provider, builds, chromium }: Surroundings): Promise<void> => {
  await chromium.close()
  await Promise.all([provider.stop(), builds.stop()])
  names.stop()
}
