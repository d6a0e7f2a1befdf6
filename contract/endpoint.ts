import type { z } from 'zod'
import type { Action } from './actions.js'

/** Methods that an endpoint of any method takes. */
export const ANY_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** A body of another content type than JSON's own; `schema` where it is JSON all the same. */
export interface OtherBody {
  readonly type: string
  readonly schema?: z.ZodType
}

/** An answer that is neither the usual success nor a refusal. */
export interface FurtherAnswer {
  /** When it is given. */
  readonly words: string
  /** Headers that it always carries: name → what. */
  readonly headers?: Readonly<Record<string, string>>
  /** What it carries: as in `EndpointEntry`; nothing where absent. */
  readonly response?: z.ZodType | OtherBody
}

/** One route. Routes, OpenAPI, API client and CLI derive from these entries; nothing else defines one. */
export interface EndpointEntry {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY'
  /** RFC 6570 level 1 template; a last `{path}` takes the rest of the path, slashes included. */
  readonly path: string
  readonly summary: string
  /** What the gate is asked. Null only on public endpoints. */
  readonly action: Action | null
  /** Of a read within one workspace: which part of the request names it. A role in that workspace is enough then. */
  readonly workspace?: 'path' | 'query'
  /** Answers without credentials. */
  readonly public?: true
  /** What else than an API key it takes; `any` takes keys, access tokens and SCIM tokens. */
  readonly credential?: 'runtime_token' | 'scim_token' | 'any'
  /** Largest JSON body, in bytes; a MiB where absent. */
  readonly maxBytes?: number
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  /** Headers that the handler reads itself: name → what it carries. */
  readonly headers?: Readonly<Record<string, string>>
  /** A zod schema for JSON, or `stream` where the handler reads the raw body of that content type itself. */
  readonly body?: z.ZodType | { readonly stream: string }
  /** Content types besides `application/json` that a JSON body may come as. */
  readonly bodyTypes?: readonly string[]
  /** A zod schema for JSON, or the content type of any other answer. */
  readonly response: z.ZodType | OtherBody
  readonly status: number
  /** Headers that the success always carries: name → what. */
  readonly answerHeaders?: Readonly<Record<string, string>>
  /** Other answers that are no refusal, by status. */
  readonly further?: Readonly<Partial<Record<200 | 202 | 204 | 303 | 304, FurtherAnswer>>>
  /** Where not every refusal is a problem of ours: OAuth's own errors at 400, those of SCIM, whatever an extension answers, or a form once more. */
  readonly refusals?: 'oauth' | 'scim' | 'of_extension' | 'form'
  /** Only a browser's session is answered, no key. */
  readonly session?: true
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
