import { Readable } from 'node:stream'
import { z } from 'zod'
import { wholeBody } from '../platform/http/raw-body.js'
import { OAuthRefusal } from './oauth-refusal.js'

const MAX_FORM_BYTES = 16 * 1024

/** Reads a form (RFC 6749, appendix B). Raises `invalid_request` where it does not fit, or a parameter stands in it twice (section 3.2). */
export const formOf = async <T extends z.ZodType>(body: unknown, schema: T): Promise<z.infer<T>> => {
  if (body !== undefined && body !== null && !(body instanceof Readable))
    throw new OAuthRefusal('invalid_request', 'Send application/x-www-form-urlencoded')
  const text = body ? (await wholeBody(body, MAX_FORM_BYTES)).toString('utf8') : ''
  const pairs = [...new URLSearchParams(text)]
  const names = new Set(pairs.map(([name]) => name))
  if (names.size !== pairs.length) throw new OAuthRefusal('invalid_request', 'A parameter stands in the form twice')
  const parsed = schema.safeParse(Object.fromEntries(pairs))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new OAuthRefusal('invalid_request', `${issue?.path.join('.') || 'The form'}: ${issue?.message}`)
}
