import * as http from 'gatehouse:extension/http@0.1.0'
import { decodeUtf8, encodeUtf8, field } from '@gatehouse/sdk'
import { questionOf, readAnswer, UnusableAnswer, type Vulnerability } from './advisories.js'

/** The database does not answer as we need it; the message says what somebody can do. */
export class NoAdvisories extends Error {}

const refusalOf = (status: number, retryAfter: string | undefined): string => {
  if (status === 401 || status === 403) return 'refuses the credentials: enter OSSINDEX_CREDENTIALS anew'
  if (status === 429) return `wants fewer requests: check again in ${retryAfter ?? 'some'} seconds`
  return `answered ${status}`
}

/**
 * Vulnerabilities of at most `BATCH` components. The credentials are put in by the host: this code never sees them. Throws
 * `NoAdvisories` and host errors.
 */
export const ask = (url: string, components: readonly string[]): Vulnerability[] => {
  const { status, headers, body } = http.fetch({
    method: 'POST',
    url,
    headers: [
      ['accept', 'application/json'],
      ['authorization', 'Basic {{secret:OSSINDEX_CREDENTIALS}}'],
      ['content-type', 'application/json'],
    ],
    body: encodeUtf8(questionOf(components)),
  })
  if (status !== 200)
    throw new NoAdvisories(`The advisory database ${refusalOf(status, field(headers, 'retry-after'))}`)
  try {
    return readAnswer(decodeUtf8(body))
  } catch (error) {
    if (error instanceof UnusableAnswer || error instanceof RangeError)
      throw new NoAdvisories(`The advisory database cannot be understood: ${error.message}`)
    throw error
  }
}
