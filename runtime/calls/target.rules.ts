import { problem, type Problem } from '#contract/problems.js'

/** What a request asks for below an extension. */
export interface Target {
  /** Percent-encoded as it came. */
  readonly path: string
  /** Decoded. */
  readonly query: [string, string][]
}

/** What stands before the name of an extension. */
export const GATEWAY_PREFIX = '/api/ext/'
const VISIBLE_ASCII = /^[\x21-\x7e]*$/

const refused = (detail: string, remedy: string): Problem =>
  problem('request.invalid', { errors: [{ pointer: '/path', detail, remedy }] })

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch (cause) {
    throw problem('request.invalid', {
      cause,
      errors: [{ pointer: '/path', detail: 'has an escape that is no UTF-8', remedy: 'Send "%" as %25' }],
    })
  }
}

/**
 * Reads the target of a request as it came. What two readers could take for two different paths is refused and not made
 * right: a segment `.` or `..`, however it is written, a backslash, and what no target may hold (RFC 3986, section 3.3). An
 * encoded slash is a character of its segment and never divides one.
 * Raises `request.invalid`, and `not_found` for a target that is no path.
 */
export const targetOf = (url: string): Target => {
  // A request's target has no fragment (RFC 9112, section 3.2), and the router would leave out unseen what comes after.
  if (url.includes('#')) throw problem('request.invalid', { detail: 'Send "#" in a path or query as %23' })
  if (!url.startsWith(GATEWAY_PREFIX)) throw problem('not_found')
  const mark = url.indexOf('?')
  const whole = mark === -1 ? url : url.slice(0, mark)
  if (!VISIBLE_ASCII.test(url)) throw refused('has a character that is not visible ASCII', 'Percent-encode its UTF-8')
  if (whole.includes('\\')) throw refused('has a backslash', 'Send it as %5C')
  // An encoded slash or backslash may hide such a segment from one reader and show it to the next.
  if (
    decoded(whole)
      .split(/[/\\]/)
      .some((segment) => segment === '.' || segment === '..')
  )
    throw refused('has a segment "." or ".."', 'Send the path without it')
  const slash = whole.indexOf('/', GATEWAY_PREFIX.length)
  return {
    path: slash === -1 ? '/' : whole.slice(slash),
    query: mark === -1 ? [] : [...new URLSearchParams(url.slice(mark + 1))],
  }
}
