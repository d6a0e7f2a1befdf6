import { z } from 'zod'
import {
  ActivationRequest,
  PolicyActivation,
  PolicyHistory,
  PolicyReply,
  PolicyRevisionList,
  PolicyStatus,
  RevisionDiffQuery,
  RollbackRequest,
} from '../api/policy.js'
import { DraftDiff } from '../api/policy-drafts.js'
import { endpoint } from '../endpoint.js'
import { Digest } from '../primitives.js'

/** The policy in force, sealed revisions, and the way from one to the other. */
export const policyEndpoints = {
  'policy.show': endpoint({
    method: 'GET',
    path: '/v1/policy',
    summary: 'The policy that decides now, with its rules in words',
    action: 'policy.read',
    response: PolicyReply,
    status: 200,
  }),
  'policy.status': endpoint({
    method: 'GET',
    path: '/v1/policy/status',
    summary: 'Which policy is in force, and which one each instance decides by',
    action: 'policy.read',
    response: PolicyStatus,
    status: 200,
  }),
  'policy.history': endpoint({
    method: 'GET',
    path: '/v1/policy/activations',
    summary: 'When which policy was put in force, by whom and why, newest first',
    action: 'policy.read',
    response: PolicyHistory,
    status: 200,
  }),
  'policy.revisions': endpoint({
    method: 'GET',
    path: '/v1/policy/revisions',
    summary: 'Sealed policies, newest first',
    action: 'policy.read',
    response: PolicyRevisionList,
    status: 200,
  }),
  'policy.diff': endpoint({
    method: 'GET',
    path: '/v1/policy/revisions/{revision}/diff',
    summary: 'What a sealed policy changes against another one, by file and by meaning',
    action: 'policy.read',
    params: z.strictObject({ revision: Digest }),
    query: RevisionDiffQuery,
    response: DraftDiff,
    status: 200,
  }),
  'policy.activate': endpoint({
    method: 'POST',
    path: '/v1/policy/revisions/{revision}/activate',
    summary: 'Put a sealed policy in force, once a second person agrees',
    action: 'policy.activate',
    params: z.strictObject({ revision: Digest }),
    body: ActivationRequest,
    response: PolicyActivation,
    status: 200,
    held: true,
  }),
  'policy.rollback': endpoint({
    method: 'POST',
    path: '/v1/policy/rollback',
    summary: 'Go back to a policy that has decided before; one person suffices',
    action: 'policy.rollback',
    body: RollbackRequest,
    response: PolicyActivation,
    status: 200,
  }),
}
