import { z } from 'zod'
import {
  DecisionExplained,
  DecisionPage,
  DecisionQuery,
  DecisionReplayed,
  DecisionShowQuery,
} from '../api/decisions.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** Searching, explaining and replaying decisions. */
export const decisionEndpoints = {
  'decisions.list': endpoint({
    method: 'GET',
    path: '/v1/decisions',
    summary: 'Search decisions, newest first',
    action: 'decision.read',
    query: DecisionQuery,
    response: DecisionPage,
    status: 200,
  }),
  'decisions.show': endpoint({
    method: 'GET',
    path: '/v1/decisions/{id}',
    summary: 'Why a decision was made as it was',
    action: 'decision.read',
    params,
    query: DecisionShowQuery,
    response: DecisionExplained,
    status: 200,
  }),
  'decisions.replay': endpoint({
    method: 'POST',
    path: '/v1/decisions/{id}/replay',
    summary: 'Evaluate the stored input again and compare the answer byte for byte',
    action: 'decision.replay',
    params,
    response: DecisionReplayed,
    status: 200,
  }),
}
