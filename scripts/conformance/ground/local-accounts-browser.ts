/** What a page or answer came to. */
export interface Came {
  readonly status: number
  readonly text: string
}

/** A browser with cookies of its own, for one origin; it follows nothing. */
export class FormBrowser {
  readonly cookies = new Map<string, string>()

  constructor(readonly url: string) {}

  get(path: string): Promise<Came> {
    return this.send(path, {})
  }

  form(path: string, fields: Readonly<Record<string, string>>): Promise<Came> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.send(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() })
  }

  /** `csrf` is the token of the session, where there is one. */
  json(method: string, path: string, ...[body, csrf]: [body?: object | undefined, csrf?: string]): Promise<Came> {
    const headers = {
      ...(body && { 'content-type': 'application/json' }),
      ...(csrf !== undefined && { 'x-csrf-token': csrf }),
    }
    return this.send(path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  }

  /** Opens a page and sends its form, with the token that stands in it. */
  async through(page: string, path: string, fields: Readonly<Record<string, string>>): Promise<Came> {
    const { text } = await this.get(page)
    return this.form(path, { csrf_token: tokenIn(text), ...fields })
  }

  private async send(path: string, request: RequestInit & { headers?: Record<string, string> }): Promise<Came> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...request.headers, cookie }
    const response = await fetch(this.url + path, { ...request, headers, redirect: 'manual' })
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return { status: response.status, text: await response.text() }
  }
}

/** The token of the form on a page. */
export const tokenIn = (html: string): string => /name="csrf_token" value="([^"]+)"/.exec(html)?.[1] ?? ''
