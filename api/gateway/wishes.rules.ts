import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Slug, Uuid } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'
import type { Call } from '../invocations/call.js'

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** What a caller asks of the gateway itself, besides the answer. */
export interface Wishes {
  /** SHA-256 of the idempotency key, in hexadecimal; null where none was sent. */
  readonly key: string | null
  /** The caller does not wait for the answer (RFC 7240, section 4.1). */
  readonly async: boolean
  /** Slug or id of the workspace whose install is called; null where none is named. */
  readonly workspace: string | null
}

const MAX_KEY = 255
/** A string of RFC 9651, as draft-ietf-httpapi-idempotency-key-header has it. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"$/
/** What many clients send instead. Two headers of this name come joined by a comma, and are no key. */
const BARE = /^[\x21\x23-\x2b\x2d-\x7e]+$/

const sha256 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

const keyOf = (sent: string | string[] | undefined): string | null => {
  if (sent === undefined) return null
  const value = Array.isArray(sent) ? sent.join(', ') : sent
  const key = QUOTED.exec(value)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? (BARE.test(value) ? value : undefined)
  if (key === undefined || key.length > MAX_KEY)
    throw problem('request.invalid', {
      errors: [
        {
          pointer: '/headers/idempotency-key',
          detail: `must be one key of 1 to ${MAX_KEY} visible ASCII characters`,
          remedy: 'Send a UUID in double quotes',
        },
      ],
    })
  return sha256(key)
}

const isAsync = (sent: string | string[] | undefined): boolean =>
  [sent ?? []]
    .flat()
    .flatMap((value) => value.split(','))
    .some((preference) => preference.split(';', 1)[0]?.trim().toLowerCase() === 'respond-async')

const WORKSPACE = z.union([Uuid, Slug])

const workspaceOf = (sent: string | string[] | undefined): string | null => {
  if (sent === undefined) return null
  const named = WORKSPACE.safeParse(sent)
  if (named.success) return named.data
  throw problem('request.invalid', {
    errors: [{ pointer: '/headers/gatehouse-workspace', detail: 'must be the slug or id of one workspace' }],
  })
}

/** Reads what a caller asks of the gateway. Raises `request.invalid` for an idempotency key or workspace that is none. */
export const wishesOf = (headers: Headers): Wishes => ({
  key: keyOf(headers['idempotency-key']),
  async: isAsync(headers['prefer']),
  workspace: workspaceOf(headers['gatehouse-workspace']),
})

/** What makes a request the same as another one under its key: who calls what, with which bytes. SHA-256 in hexadecimal. */
export const fingerprintOf = ({ caller, target, request }: Call): string => {
  const { method, path, query, headers, body } = request
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  const line = JSON.stringify([caller.actor.id, target.extension, target.workspaceId, method, path, query, type])
  return sha256(line, '\n', body)
}
