import { Answer } from '#contract/decisions/answer.js'

/** Raised where OPA's answer is not one: such a decision is `unavailable`, never a pass. */
export class AnswerInvalid extends Error {
  override readonly name = 'AnswerInvalid'
}

/** Answers by their bytes: the engine gives the same array for the same answer. */
const parsed = new WeakMap<Uint8Array, Answer>()

/** Parses the canonical bytes of an answer, once for each distinct answer. Raises {@link AnswerInvalid}. */
export const parseAnswer = (bytes: Uint8Array): Answer => {
  const known = parsed.get(bytes)
  if (known) return known
  const result = Answer.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  if (!result.success) throw new AnswerInvalid('the answer of policy has another form', { cause: result.error })
  parsed.set(bytes, result.data)
  return result.data
}
