import { z } from 'zod'
import { CanaryAdvance, CanaryPage, CanaryQuery, CanaryRequest, PolicyCanary } from '../api/policy-canaries.js'
import { endpoint } from '../endpoint.js'
import { Digest, Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** Policies that take over by degrees. */
export const policyCanaryEndpoints = {
  'canaries.start': endpoint({
    method: 'POST',
    path: '/v1/policy/revisions/{revision}/canary',
    summary: 'Let a sealed policy take over by degrees, once a second person agrees',
    action: 'policy.activate',
    params: z.strictObject({ revision: Digest }),
    body: CanaryRequest,
    response: PolicyCanary,
    status: 201,
    held: true,
  }),
  'canaries.list': endpoint({
    method: 'GET',
    path: '/v1/policy/canaries',
    summary: 'Canaries, newest first',
    action: 'policy.read',
    query: CanaryQuery,
    response: CanaryPage,
    status: 200,
  }),
  'canaries.show': endpoint({
    method: 'GET',
    path: '/v1/policy/canaries/{id}',
    summary: 'How far a canary is, what its pairs show, and why it was taken back',
    action: 'policy.read',
    params,
    response: PolicyCanary,
    status: 200,
  }),
  'canaries.advance': endpoint({
    method: 'POST',
    path: '/v1/policy/canaries/{id}/advance',
    summary: 'End the present step without waiting for its pairs; after the last one the candidate is in force',
    action: 'policy.advance',
    params,
    body: CanaryAdvance,
    response: PolicyCanary,
    status: 200,
  }),
  'canaries.revert': endpoint({
    method: 'POST',
    path: '/v1/policy/canaries/{id}/revert',
    summary: 'Take a canary back; one person suffices',
    action: 'policy.revert',
    params,
    body: CanaryRequest,
    response: PolicyCanary,
    status: 200,
  }),
}
