import type { z } from 'zod'
import type { Action } from './actions.js'

/** One route. Routes, OpenAPI, API client and CLI derive from these entries; nothing else defines one. */
export interface EndpointEntry {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY'
  /** RFC 6570 level 1 template; a last `{path}` takes the rest of the path, slashes included. */
  readonly path: string
  readonly summary: string
  /** What the gate is asked. Null only on public endpoints. */
  readonly action: Action | null
  /** Answers without credentials. */
  readonly public?: true
  /** What else than an API key it takes; `any` takes keys, sessions and SCIM tokens. */
  readonly credential?: 'runtime_token' | 'scim_token' | 'any'
  /** Largest JSON body, in bytes; a MiB where absent. */
  readonly maxBytes?: number
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  /** Headers that the handler reads itself: name → what it carries. */
  readonly headers?: Readonly<Record<string, string>>
  /** A zod schema for JSON, or `stream` where the handler reads the raw body of that content type itself. */
  readonly body?: z.ZodType | { readonly stream: string }
  /** A zod schema for JSON, or the content type of any other answer. */
  readonly response: z.ZodType | { readonly type: string }
  readonly status: number
  /** The action may be held for a person: 202 with the approval. */
  readonly held?: true
}

/** Keeps an entry's literal types, so that handlers get the exact inputs. */
export const endpoint = <const E extends EndpointEntry>(entry: E): E => entry

type Parsed<T> = T extends z.ZodType ? z.infer<T> : undefined
/** What a handler receives once the request fits its entry. */
export type InputOf<E extends EndpointEntry> = {
  readonly params: Parsed<E['params']>
  readonly query: Parsed<E['query']>
  readonly body: Parsed<E['body']>
}
