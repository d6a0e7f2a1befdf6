import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import { z } from 'zod'

/** Whether a name or address means this machine alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** One setting: what it means, in words for the reference and for `--check-config`. */
export interface Setting {
  readonly schema: z.ZodType
  readonly words: string
  /** Must be set in the external profile; the embedded one has a default for it. */
  readonly external?: 'required'
}

/** An entry of a table of settings. */
export const setting = <S extends z.ZodType>(schema: S, words: string, external?: 'required') => ({
  schema,
  words,
  ...(external && { external }),
})

/** A whole number within bounds. */
export const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error })
}
/** One of some words. */
export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` })
/** A URL of one of these protocols, such as `https:`. */
export const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })
/** An absolute path. */
export const absolute = z.string().refine(isAbsolute, { error: 'must be an absolute path' })
/** Words joined by commas. */
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
)
/** Hosts with ports, joined by commas. */
export const hostPorts = list.pipe(
  z.array(z.string().regex(/^[a-z0-9.-]+:\d{1,5}$/, { error: 'must be host:port, joined by commas' })),
)
function originOf(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const fault = (message: string): string => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.origin !== text.replace(/\/$/, ''))
    return fault(`${text} must be an origin such as https://name.example:4000, without a path`)
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    return fault(`${url.origin} is not on this machine: elsewhere only https:// is taken`)
  return url.origin
}
/** Origins of runners, joined by commas: https, or plain http where they are on this machine. */
export const runnerUrls = list
  .pipe(z.array(z.string().transform(originOf)))
  .refine((origins) => new Set(origins).size === origins.length, { error: 'must name each runner once' })
/** One origin: https, or plain http on this machine. */
export const origin = z.string().transform(originOf)
/** IP addresses, each with or without a port, joined by commas. */
export const addresses = list.pipe(
  z.array(
    z
      .string()
      .refine((value) => isIP(value.replace(/^\[(.*)\](:\d{1,5})?$/, '$1').replace(/^([\d.]+):\d{1,5}$/, '$1')) !== 0, {
        error: 'must be address or address:port, joined by commas',
      }),
  ),
)
/** IP addresses or networks (CIDR), joined by commas. */
export const networks = list.pipe(
  z.array(
    z.string().refine(
      (value) => {
        const [address = '', bits, ...more] = value.split('/')
        const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
        return most > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
      },
      { error: 'must be address or address/bits, joined by commas' },
    ),
  ),
)
/** Names with values, `name=value` joined by commas, values percent-encoded, as OpenTelemetry has it (W3C Baggage). */
export const namedValues = list.transform((entries, context) => {
  try {
    return Object.fromEntries(entries.map(namedValue))
  } catch {
    context.addIssue({ code: 'custom', message: 'must be name=value, joined by commas, values percent-encoded' })
    return z.NEVER
  }
})
const namedValue = (entry: string): [string, string] => {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(.*)$/.exec(entry) ?? []
  if (name === undefined || value === undefined) throw new TypeError('no name=value')
  return [name, decodeURIComponent(value)]
}
/** The token that APIs and runners share. */
export const runnerToken = z.string().regex(/^[\x21-\x7e]{32,512}$/, {
  error: 'must have 32 or more visible characters without spaces: openssl rand -hex 32',
})
