import { PROBLEMS, Problem, problem, type ProblemCode } from '#contract/problems.js'
import type { Ran } from '../invocations/call.js'
import { passOn } from '#runtime/calls/response.rules.js'

/** What goes back to the caller. */
export interface GatewayAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** How a call ended: an answer that may be passed on, or a problem in place of one. */
export type Ending = { readonly answer: GatewayAnswer } | { readonly problem: Problem; readonly mayHaveActed: boolean }

/** Makes what came of a call fit for its caller. */
export const endingOf = (ran: Ran): Ending => {
  if ('problem' in ran) return ran
  const { executionId, response } = ran
  try {
    const { buffer, byteOffset, byteLength } = response.body
    return { answer: { ...passOn(response, executionId), body: Buffer.from(buffer, byteOffset, byteLength) } }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { problem: error, mayHaveActed: true }
  }
}

/** The answer of a call, under the decision that allowed it. Raises the problem that it ended with. */
export const answered = (ended: Ending, executionId: string): GatewayAnswer => {
  if ('problem' in ended) throw ended.problem
  const { answer } = ended
  return { ...answer, headers: { ...answer.headers, 'x-gatehouse-decision-id': executionId } }
}

/** A call whose answer is kept, as it was found. */
export interface KeptEnding {
  readonly id: string
  readonly state: 'running' | 'done'
  readonly status: number | null
  readonly headers: Readonly<Record<string, string>> | null
  readonly body: Buffer | null
  readonly problem: string | null
  readonly detail: string | null
  /** It is running, and the instance that ran it is gone. */
  readonly orphaned: boolean
  /** Outcome and status of the execution, where its row was written. */
  readonly ran: string | null
}

const RETRY_S = 1

const interrupted = ({ id, ran }: KeptEnding): Problem =>
  problem('call.interrupted', {
    decisionId: id,
    detail: ran
      ? `The extension ran to its end (${ran}); the instance ended before the answer was kept`
      : 'The instance ended while the extension ran; the decisions of this execution tell what it was allowed to do',
  })

/** The answer of a call that was kept. Raises the problem that it ended with, or `call.*` where there is none. */
export const keptAnswer = (kept: KeptEnding): GatewayAnswer => {
  const { id: decisionId, status, headers, body } = kept
  if (kept.orphaned) throw interrupted(kept)
  if (kept.state === 'running') throw problem('call.in_progress', { decisionId, retryAfter: RETRY_S })
  if (kept.problem !== null) {
    const code = Object.hasOwn(PROBLEMS, kept.problem) ? (kept.problem as ProblemCode) : 'internal'
    throw problem(code, { decisionId, ...(kept.detail !== null && { detail: kept.detail }) })
  }
  if (status === null || headers === null || body === null) throw problem('call.answer_not_kept', { decisionId })
  return { status, headers, body }
}
