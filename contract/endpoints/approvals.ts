import { z } from 'zod'
import { Approval, ApprovalPage, ApprovalQuery, VoteRequest } from '../api/approvals.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** What waits for a person, and votes on it. */
export const approvalEndpoints = {
  'approvals.list': endpoint({
    method: 'GET',
    path: '/v1/approvals',
    summary: 'What waits for people, newest first',
    action: 'approval.read',
    query: ApprovalQuery,
    response: ApprovalPage,
    status: 200,
  }),
  'approvals.show': endpoint({
    method: 'GET',
    path: '/v1/approvals/{id}',
    summary: 'One approval with its subject and votes',
    action: 'approval.read',
    params,
    response: Approval,
    status: 200,
  }),
  'approvals.vote': endpoint({
    method: 'POST',
    path: '/v1/approvals/{id}/votes',
    summary: 'Approve or deny, for exactly what was shown',
    action: 'approval.vote',
    params,
    body: VoteRequest,
    response: Approval,
    status: 201,
  }),
}
