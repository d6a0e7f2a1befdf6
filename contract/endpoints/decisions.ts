import { z } from 'zod'
import {
  DecisionExplained,
  DecisionExportQuery,
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
    summary: 'Search decisions, newest first; with after, what the log took since',
    action: 'decision.read',
    query: DecisionQuery,
    response: DecisionPage,
    status: 200,
  }),
  'decisions.export': endpoint({
    method: 'GET',
    path: '/v1/decisions/export',
    summary: 'Decisions in the order of the log, as JSON lines or as events of OPA decision logs',
    action: 'audit.export',
    query: DecisionExportQuery,
    headers: { 'accept-encoding': 'gzip packs the answer' },
    response: { type: 'application/jsonl' },
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
