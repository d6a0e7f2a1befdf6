/** A status, and the JSON that came with it. */
export interface Asked {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** Sends one request as one of the demo's people. */
export type Ask = (...request: [as: string, method: string, path: string, body?: object]) => Promise<Asked>

/** Asks the service at an address, with API keys by the names of those who have them. */
export const asking =
  ({ url, keys }: { readonly url: string; readonly keys: Readonly<Record<string, string>> }): Ask =>
  async (...[as, method, path, body]) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${keys[as]}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
