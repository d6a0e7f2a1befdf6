import { randomUUID } from 'node:crypto'
import { pathOf, queryOf } from './address.rules.js'
import { exchange, sleep, type Waiting } from './exchange.js'
import { OPERATIONS } from './generated/operations.js'
import { LaterCall } from './later-call.js'
import { Refusal } from './refusal.js'
import { mayRepeat, retryAfterMs } from './retry.rules.js'
import type { AnswerOf, HeldBody, ItemOf, OperationId, PagedId, Reply, RequestOf } from './types.js'

export type { AnswerOf, ItemOf, OperationId, PagedId, Reply, RequestOf } from './types.js'

/** A token that is bound to a key, and counts with a proof of that key alone (RFC 9449). */
export interface BoundToken {
  readonly token: string
  /** A new proof for one request: the DPoP header. */
  readonly prove: (method: string, url: URL) => Promise<string>
}

/** Where the service is, as whom to speak, and how patiently. */
export interface ClientOptions extends Partial<Waiting> {
  /** Base URL, such as `http://127.0.0.1:3000`. */
  readonly url: string
  /** The key or token to speak with, or what gives it for each request. */
  readonly key?: string | (() => Promise<string | BoundToken>)
}

/** What goes along with one request. */
export interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  /** Ends the request, its retries and their waits. */
  readonly signal?: AbortSignal | undefined
}

/** A request to an endpoint of an extension. */
export interface Invocation extends Sending {
  /** POST without it. */
  readonly method?: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** What the service knows a repetition by. Without it there is a new one for each POST and PATCH; `false` sends none. */
  readonly key?: string | false
}

interface LooseRequest {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly body?: unknown
}

const JSON_TYPE = 'application/json'
const PATIENT: Waiting = { retries: 2, maxWaitMs: 30_000, random: Math.random, sleep }

const isJson = (response: Response): boolean => {
  const type = response.headers.get('content-type') ?? ''
  return type.includes('json') && !type.includes('jsonl')
}

/** A client of every operation of the OpenAPI document, typed by it. */
export class GatehouseClient {
  /** How it waits between tries. */
  readonly waiting: Waiting

  constructor(private readonly options: ClientOptions) {
    const { url: _url, key: _key, ...waiting } = options
    this.waiting = { ...PATIENT, ...waiting }
  }

  /** Calls an operation by its id. Throws `Refusal` with the problem where the service refuses or cannot be reached. */
  async call<Id extends OperationId>(id: Id, request: RequestOf<Id>, sending?: Sending): Promise<Reply<Id>> {
    const response = await this.send(id, request as LooseRequest, sending)
    const answer: unknown = isJson(response) ? await response.json() : await response.text()
    if (response.status === 202) return { kind: 'held', ...(answer as HeldBody) }
    return { kind: 'done', answer: answer as AnswerOf<Id> }
  }

  /** Like `call`, for operations that are never held: gives the answer itself. */
  async get<Id extends OperationId>(id: Id, request: RequestOf<Id>, sending?: Sending): Promise<AnswerOf<Id>> {
    const reply = await this.call(id, request, sending)
    if (reply.kind === 'held')
      throw new Refusal({ status: 202, code: 'held', title: reply.approval.title, detail: reply.approval.url })
    return reply.answer
  }

  /** Every item of a list, page after page as they are asked for. */
  async *pages<Id extends PagedId>(id: Id, request: RequestOf<Id>, sending?: Sending): AsyncGenerator<ItemOf<Id>> {
    const { query, ...rest } = request as LooseRequest
    for (let cursor: string | null | undefined; cursor !== null;) {
      const asked = { ...rest, query: { ...query, ...(cursor !== undefined && { cursor }) } }
      const page = (await this.get(id, asked as RequestOf<Id>, sending)) as {
        items: ItemOf<Id>[]
        next_cursor: string | null
      }
      yield* page.items
      cursor = page.next_cursor
    }
  }

  /** Calls an endpoint of an extension and gives its answer, whatever its status. What Gatehouse itself refuses is thrown. */
  invoke(extension: string, path: string, invocation: Invocation = {}): Promise<Response> {
    return this.answered(...this.invocation(extension, path, invocation))
  }

  /** Like `invoke`, but doesn't wait for the extension: `answer()` of what it gives does. */
  async invokeLater(extension: string, path: string, invocation: Invocation = {}): Promise<LaterCall> {
    const headers = { ...invocation.headers, prefer: 'respond-async' }
    const response = await this.fetch(...this.invocation(extension, path, { ...invocation, headers }))
    const { id } = (await response.json()) as { id: string }
    return new LaterCall(this, id, retryAfterMs(response.headers.get('retry-after'), Date.now()))
  }

  /** The raw response of an operation, for streams in either direction. */
  async send(id: OperationId, request: LooseRequest, { headers, signal }: Sending = {}): Promise<Response> {
    const { method, path, body: type } = OPERATIONS[id]
    const { params, query, body } = request
    const stream = type !== null && type !== JSON_TYPE
    return this.fetch(pathOf(path, params) + queryOf(query), {
      method,
      headers: { ...(body !== undefined && { 'content-type': type ?? JSON_TYPE }), ...headers },
      ...(signal && { signal }),
      ...(stream && { duplex: 'half' as const }),
      ...(body !== undefined && { body: stream ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body) }),
    })
  }

  /** One HTTP request with the client's credentials; anything but success is thrown as `Refusal`. */
  async fetch(path: string, init: RequestInit): Promise<Response> {
    const response = await this.exchange(path, init)
    if (!response.ok) throw await Refusal.from(response)
    return response
  }

  /** The answer of an extension; only what Gatehouse itself refuses is thrown. */
  async answered(path: string, init: RequestInit): Promise<Response> {
    const response = await this.exchange(path, init)
    const refusal = response.ok ? null : await Refusal.from(response.clone())
    if (refusal?.isOfGatehouse) throw refusal
    return response
  }

  private async exchange(path: string, init: RequestInit): Promise<Response> {
    const headers = { accept: JSON_TYPE, ...(init.headers as Record<string, string> | undefined) }
    const sender = { waiting: this.waiting, credentials: this.credentials }
    return exchange(new URL(path, this.options.url), { ...init, headers }, sender)
  }

  private readonly credentials = async (method: string, url: URL): Promise<Record<string, string>> => {
    const { key } = this.options
    const held = typeof key === 'function' ? await key() : key
    if (!held) return {}
    if (typeof held === 'string') return { authorization: `Bearer ${held}` }
    return { authorization: `DPoP ${held.token}`, dpop: await held.prove(method, url) }
  }

  private invocation(extension: string, path: string, invocation: Invocation): [string, RequestInit] {
    const { method = 'POST', query, headers, body, key, signal } = invocation
    const wanted = key ?? (mayRepeat(method, new Headers()) ? false : randomUUID())
    const init = {
      method,
      headers: {
        accept: '*/*',
        ...(body !== undefined && { 'content-type': JSON_TYPE }),
        ...(wanted !== false && { 'idempotency-key': `"${wanted}"` }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    }
    const below = path.replace(/^\//, '')
    return [pathOf('/api/ext/{id}/{path}', { id: extension, path: below }) + queryOf(query), init]
  }
}
