/** What a page or answer came to. */
export interface Came {
  readonly status: number
  readonly text: string
  readonly location: string | null
  readonly retryAfter: string | null
  /** Of a problem. */
  readonly code: string | undefined
  readonly reasons: readonly string[]
}

/** A browser with cookies of its own. */
export class TestBrowser {
  readonly cookies = new Map<string, string>()
  /** Sent as X-Forwarded-For, where the service trusts whoever sends it. */
  constructor(
    readonly url: string,
    readonly address?: string,
  ) {}

  get session(): string | undefined {
    return this.cookies.get('__Host-gatehouse')
  }

  get(path: string): Promise<Came> {
    return this.send('GET', path)
  }

  form(path: string, fields: Readonly<Record<string, string>>): Promise<Came> {
    const type = 'application/x-www-form-urlencoded'
    return this.send('POST', path, { type, body: new URLSearchParams(fields).toString() })
  }

  json(method: string, path: string, ...[body, csrf]: [body?: object | undefined, csrf?: string]): Promise<Came> {
    return this.send(method, path, {
      ...(body && { type: 'application/json', body: JSON.stringify(body) }),
      ...(csrf !== undefined && { csrf }),
    })
  }

  /** Opens a page and sends its form, with the token that stands in it. */
  async through(page: string, path: string, fields: Readonly<Record<string, string>>): Promise<Came> {
    const { text } = await this.get(page)
    return this.form(path, { csrf_token: tokenIn(text), ...fields })
  }

  private async send(
    method: string,
    path: string,
    { type, body, csrf }: { readonly type?: string; readonly body?: string; readonly csrf?: string } = {},
  ): Promise<Came> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(this.address !== undefined && { 'x-forwarded-for': this.address }),
        ...(type !== undefined && { 'content-type': type }),
        ...(csrf !== undefined && { 'x-csrf-token': csrf }),
      },
      ...(body !== undefined && { body }),
    })
    for (const each of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each)!
      if (value === '') this.cookies.delete(name!)
      else this.cookies.set(name!, value!)
    }
    const text = await response.text()
    const said = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string; reasons?: { id: string }[] }
    return {
      ...{ status: response.status, text, location: response.headers.get('location') },
      ...{ retryAfter: response.headers.get('retry-after'), code: said.code },
      reasons: (said.reasons ?? []).map(({ id }) => id),
    }
  }
}

/** The token of the form on a page. */
export const tokenIn = (html: string): string => /name="csrf_token" value="([^"]+)"/.exec(html)?.[1] ?? ''
