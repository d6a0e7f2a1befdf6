import { Readable } from 'node:stream'
import { z } from 'zod'
import { wholeBody } from '../platform/http/raw-body.js'
import { OAuthRefusal } from './oauth-refusal.js'

const MAX_FORM_BYTES = 16 * 1024

/** Reads a form (RFC 6749, appendix B). Raises `invalid_request` where it does not fit, or a parameter stands in it twice (section 3.2). */
export const formOf = async <T extends z.ZodType>(
  body: unknown,
  schema: T,
  most = MAX_FORM_BYTES,
): Promise<z.infer<T>> => fitted(await fieldsOf(body, most), schema)

/** The parameters of a form of at most so many bytes. Raises `invalid_request` as above. */
export const fieldsOf = async (body: unknown, most = MAX_FORM_BYTES): Promise<Readonly<Record<string, string>>> => {
  if (body !== undefined && body !== null && !(body instanceof Readable))
    throw new OAuthRefusal('invalid_request', 'Send application/x-www-form-urlencoded')
  const text = body ? (await wholeBody(body, most)).toString('utf8') : ''
  const pairs = [...new URLSearchParams(text)]
  const names = new Set(pairs.map(([name]) => name))
  if (names.size !== pairs.length) throw new OAuthRefusal('invalid_request', 'A parameter stands in the form twice')
  return Object.fromEntries(pairs)
}

/** Parameters as a schema has them. Raises `invalid_request`. */
export const fitted = <T extends z.ZodType>(fields: Readonly<Record<string, string>>, schema: T): z.infer<T> => {
  const parsed = schema.safeParse(fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new OAuthRefusal('invalid_request', `${issue?.path.join('.') || 'The form'}: ${issue?.message}`)
}
