import type { z } from 'zod'
import type { HeldBody } from '#contract/api/problem.js'
import { ENDPOINTS, endpointEntry, type EndpointId } from '#contract/endpoints.js'
import { Refusal } from './refusal.js'

type EntryOf<Id extends EndpointId> = (typeof ENDPOINTS)[Id]
type Sent<T> = T extends z.ZodType ? z.input<T> : undefined
type Part<E, Name extends string> = E extends Record<Name, infer T> ? { [K in Name]: Sent<T> } : unknown

/** What an endpoint takes: `params`, `query` and `body` where its entry has them. */
export type RequestOf<Id extends EndpointId> = Part<EntryOf<Id>, 'params'> &
  Part<EntryOf<Id>, 'query'> &
  Part<EntryOf<Id>, 'body'>
/** What an endpoint answers. */
export type AnswerOf<Id extends EndpointId> = EntryOf<Id>['response'] extends z.ZodType
  ? z.output<EntryOf<Id>['response']>
  : string

/** Done, or held for a person. A refusal is thrown as `Refusal`. */
export type Reply<Id extends EndpointId> =
  | { readonly kind: 'done'; readonly answer: AnswerOf<Id> }
  | ({ readonly kind: 'held' } & HeldBody)

/** Where the service is and as whom to speak. */
export interface ClientOptions {
  /** Base URL, such as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly key?: string
}

interface LooseRequest {
  readonly params?: Record<string, unknown>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
}

const pathOf = (template: string, params: Record<string, unknown> = {}): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'path' ? String(params[name]) : encodeURIComponent(String(params[name])),
  )

const queryOf = (query: Record<string, unknown> = {}): string => {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  return set.length === 0
    ? ''
    : `?${new URLSearchParams(set.map(([name, value]): [string, string] => [name, String(value)]))}`
}

/** A typed client of every endpoint in the table. */
export class GatehouseClient {
  constructor(private readonly options: ClientOptions) {}

  /** Calls an endpoint by its id. Throws `Refusal` with the problem where the service refuses or cannot be reached. */
  async call<Id extends EndpointId>(id: Id, request: RequestOf<Id>): Promise<Reply<Id>> {
    const response = await this.send(id, request as LooseRequest)
    const json =
      response.headers.get('content-type')?.includes('json') && !response.headers.get('content-type')?.includes('jsonl')
    const answer: unknown = json ? await response.json() : await response.text()
    if (response.status === 202) return { kind: 'held', ...(answer as HeldBody) }
    return { kind: 'done', answer: answer as AnswerOf<Id> }
  }

  /** Like `call`, for endpoints that are never held: gives the answer itself. */
  async get<Id extends EndpointId>(id: Id, request: RequestOf<Id>): Promise<AnswerOf<Id>> {
    const reply = await this.call(id, request)
    if (reply.kind === 'held')
      throw new Refusal({ status: 202, code: 'held', title: reply.approval.title, detail: reply.approval.url })
    return reply.answer
  }

  /** The raw response of an endpoint, for streams in either direction. */
  async send(
    id: EndpointId,
    { params, query, body }: LooseRequest,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const entry = endpointEntry(id)
    const stream = entry.body && 'stream' in entry.body ? entry.body.stream : undefined
    return this.fetch(pathOf(entry.path, params) + queryOf(query), {
      method: entry.method,
      headers: { ...(body !== undefined && { 'content-type': stream ?? 'application/json' }), ...headers },
      ...(stream && { duplex: 'half' as const }),
      ...(body !== undefined && { body: stream ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body) }),
    })
  }

  /** One HTTP request with the client's credentials; anything but success is thrown as `Refusal`. */
  async fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = {
      accept: 'application/json',
      ...(this.options.key && { authorization: `Bearer ${this.options.key}` }),
      ...init.headers,
    }
    let response: Response
    try {
      response = await fetch(new URL(path, this.options.url), { ...init, headers, redirect: 'manual' })
    } catch (error) {
      throw Refusal.unreachable(this.options.url, error)
    }
    if (!response.ok) throw await Refusal.from(response)
    return response
  }
}
