import { LRUCache } from 'lru-cache'
import { canonicalBytes } from './canonical.js'
import { EvaluationError } from './errors.js'

/** Distinct answers kept; a policy gives few, since answers name rules and not facts. */
const MEMO_ENTRIES = 2_000
/** Longest result set that is memoized, in bytes; rarer ones are worked out each time. */
const MEMO_MAX_LENGTH = 16_384

/**
 * Turns OPA's result set into the answer's RFC 8785 bytes. OPA writes objects in hash order, so the same answer always
 * comes as the same text from one module, and the work is done once for each distinct answer.
 */
export class AnswerReader {
  readonly #memo = new LRUCache<string, Uint8Array>({ max: MEMO_ENTRIES })

  /**
   * @param text the result set, one UTF-16 unit for each byte
   * @returns canonical bytes; the same array for the same answer, so callers may memoize on it and must not write to it
   * @throws EvaluationError `invalid` where there is no answer or more than one
   */
  read(text: string): Uint8Array {
    const known = this.#memo.get(text)
    if (known) return known
    const answer = canonicalAnswer(text)
    if (text.length <= MEMO_MAX_LENGTH) this.#memo.set(text, answer)
    return answer
  }
}

function canonicalAnswer(text: string): Uint8Array {
  const results = parseResults(Buffer.from(text, 'latin1'))
  const [only] = results
  if (results.length !== 1 || only?.result === undefined)
    throw new EvaluationError('invalid', `the policy gave ${results.length} answers`)
  return canonicalBytes(only.result)
}

function parseResults(bytes: Uint8Array): { result?: unknown }[] {
  try {
    const results: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (Array.isArray(results)) return results as { result?: unknown }[]
  } catch (error) {
    throw new EvaluationError('invalid', `the answer is not JSON: ${(error as Error).message}`)
  }
  throw new EvaluationError('invalid', 'the answer is no result set')
}
