import { PolicyReply } from '../api/policy.js'
import { endpoint } from '../endpoint.js'

/** The active policy. */
export const policyEndpoints = {
  'policy.show': endpoint({
    method: 'GET',
    path: '/v1/policy',
    summary: 'The policy that decides now, with its rules in words',
    action: 'policy.read',
    response: PolicyReply,
    status: 200,
  }),
}
