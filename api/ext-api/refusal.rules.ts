import { problem, type Problem, type ProblemCode } from '#contract/problems.js'
import type { HostAnswer } from '#runtime/slots/job.js'
import type { Broker } from '../capabilities/broker.js'
import { refusalOf } from '../gate/refusal.rules.js'

type HostError = Extract<HostAnswer, { error: unknown }>['error']

/** What a host call raises by itself, where it is not as `host.call_refused` has it. */
const PROBLEM_OF: Readonly<Record<string, ProblemCode>> = {
  'execution.killed': 'execution.killed',
  'kv.conflict': 'host.precondition_failed',
  'kv.corrupt': 'storage.corrupt',
  'capability.failed': 'internal',
  'capability.secret_unset': 'not_found',
  'capability.kv_quota_exceeded': 'host.call_refused',
  'http.unreachable': 'host.unreachable',
  'http.timeout': 'host.unreachable',
}

/** A secret of somebody else's looks like one that is not there. */
const HIDDEN = new Set(['capability.secret_undeclared', 'capability.secret_unset'])

/** The problem that a host call ended with, as its caller is told. */
export const hostProblem = (error: HostError, { refusal }: Pick<Broker, 'refusal'>): Problem => {
  if (!refusal)
    return problem(PROBLEM_OF[error.code] ?? 'host.call_refused', { detail: `${error.code}: ${error.message}` })
  const { decisionId } = refusal
  const hidden = refusal.kind === 'deny' && refusal.reasons.every(({ id }) => HIDDEN.has(id))
  return hidden ? problem('not_found', { decisionId }) : refusalOf(refusal)
}
