import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** What a page of the service was answered. */
export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly challenge: string | null
}

/** Starts Chromium without a window. */
export const launchChromium = (executablePath: string): Promise<Browser> =>
  // A browser's own wall wants a user that is not root; what it opens here is this machine's alone.
  chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })

/** Goes to a page of the service from which a script may ask it: pages with forms let none. */
export const toAskingPage = (page: Page, url: string) => page.goto(`${url}/auth/jwks.json`)

/** The problem that a page says in place of what was asked for (RFC 9457). */
export const problemOn = async (page: Page): Promise<{ code: string; reasons: string[] }> => {
  const said = await page.innerText('body')
  if (!said.startsWith('{')) return { code: 'none', reasons: [] }
  const { code, reasons = [] } = JSON.parse(said) as { code: string; reasons?: { id: string }[] }
  return { code, reasons: reasons.map(({ id }) => id) }
}

/** One person's browser, with cookies of its own. */
export class PersonBrowser {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(browser: Browser): Promise<PersonBrowser> {
    const context = await browser.newContext()
    return new PersonBrowser(context, await context.newPage())
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

  /** The session's cookie; undefined where nobody is signed in. */
  async cookie(url: string) {
    return (await this.context.cookies(url)).find(({ name }) => name === '__Host-gatehouse')
  }

  close(): Promise<void> {
    return this.context.close()
  }
}
