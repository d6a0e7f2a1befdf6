import { setTimeout as delay } from 'node:timers/promises'
import { Refusal } from './refusal.js'
import { mayRepeat, retryAfterMs, waitBefore, type Patience } from './retry.rules.js'

/** How a client waits. */
export interface Waiting extends Patience {
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

/** Waits on the real clock, ended early by the signal. */
export const sleep = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
  await delay(ms, undefined, signal && { signal }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw error
  })
}

/** A stream is gone once it was sent. */
const isWhole = (body: RequestInit['body']): boolean =>
  body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array

async function once(url: URL, init: RequestInit): Promise<Response | Refusal> {
  try {
    return await fetch(url, { ...init, redirect: 'manual' })
  } catch (error) {
    init.signal?.throwIfAborted()
    return Refusal.unreachable(url.origin, error)
  }
}

/** How a request is sent: how patiently, and what says who asks, made anew for each try. */
export interface Sender {
  readonly waiting: Waiting
  readonly credentials: (method: string, url: URL) => Promise<Readonly<Record<string, string>>>
}

/** Sends a request, again where it may be repeated and that may help. Throws `Refusal` where nobody answers. */
export async function exchange(url: URL, init: RequestInit, { waiting, credentials }: Sender): Promise<Response> {
  const method = init.method ?? 'GET'
  const headers = new Headers(init.headers)
  const repeatable = mayRepeat(method, headers) && isWhole(init.body)
  for (let attempt = 0; ; attempt++) {
    const proven = new Headers({ ...(await credentials(method, url)), ...Object.fromEntries(headers) })
    const came = await once(url, { ...init, headers: proven })
    const answered = came instanceof Response
    const asked = answered ? retryAfterMs(came.headers.get('retry-after'), Date.now()) : null
    const tried = { attempt, status: answered ? came.status : null, retryAfterMs: asked }
    const wait = repeatable ? waitBefore(tried, waiting) : null
    if (wait === null) {
      if (answered) return came
      throw came
    }
    if (answered) await came.body?.cancel()
    await waiting.sleep(wait, init.signal ?? undefined)
  }
}
