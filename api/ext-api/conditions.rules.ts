import { problem } from '#contract/problems.js'
import type { Expectation } from '#runtime/host-calls/kv.rules.js'

const ETAG = /^"(\d{1,15})"$/

/** A version as an entity tag (RFC 9110 §8.8.3). */
export const etagOf = (version: number): string => `"${version}"`

const wrong = (header: string, detail: string) =>
  problem('request.invalid', { errors: [{ pointer: `/headers/${header}`, detail }] })

/**
 * What has to lie under a key for a write to happen (RFC 9110 §13.1): `If-Match` with one ETag, or `If-None-Match: *`.
 * Raises `request.invalid` for any other condition, and for both.
 */
export const expectationOf = (headers: Readonly<Record<string, unknown>>): Expectation => {
  const { 'if-match': match, 'if-none-match': none } = headers
  if (match !== undefined && none !== undefined) throw wrong('if-match', 'must not come with If-None-Match')
  if (none !== undefined) {
    if (none !== '*') throw wrong('if-none-match', 'must be *')
    return 'absent'
  }
  if (match === undefined) return 'anything'
  const [, version] = (typeof match === 'string' && ETAG.exec(match)) || []
  if (version === undefined) throw wrong('if-match', 'must be one ETag that was given out here, such as "17"')
  return Number(version)
}
