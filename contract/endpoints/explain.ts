import { z } from 'zod'
import { DecisionTraced, PolicyTried, PolicyTry } from '../api/explain.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

/** What policy read and would answer. Both show facts or answers to them, so each use is on record. */
export const explainEndpoints = {
  'decisions.trace': endpoint({
    method: 'POST',
    path: '/v1/decisions/{id}/trace',
    summary: 'Which rules a decision entered and which facts they read, by OPA from the sources of its revision',
    action: 'decision.explain',
    params: z.strictObject({ id: Uuid }),
    response: DecisionTraced,
    status: 200,
  }),
  'policy.try': endpoint({
    method: 'POST',
    path: '/v1/policy/try',
    summary: 'What policy would answer to facts, or to a past decision as edited',
    action: 'decision.explain',
    body: PolicyTry,
    response: PolicyTried,
    status: 200,
  }),
}
