import { z } from 'zod'
import { Waiver, WaiverPage, WaiverQuery, WaiverRequest, WaiverRevocation, WaiverShown } from '../api/policy-waivers.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** Expiring exceptions from policy. */
export const policyWaiverEndpoints = {
  'waivers.list': endpoint({
    method: 'GET',
    path: '/v1/policy/waivers',
    summary: 'Waivers, newest first',
    action: 'policy.read',
    query: WaiverQuery,
    response: WaiverPage,
    status: 200,
  }),
  'waivers.request': endpoint({
    method: 'POST',
    path: '/v1/policy/waivers',
    summary:
      'Ask that a reason shall not count for one organisation or extension for some time, once a second person agrees',
    action: 'waiver.grant',
    body: WaiverRequest,
    response: Waiver,
    status: 201,
    held: true,
  }),
  'waivers.show': endpoint({
    method: 'GET',
    path: '/v1/policy/waivers/{id}',
    summary: 'A waiver, and the last decisions in which it acted',
    action: 'policy.read',
    params,
    response: WaiverShown,
    status: 200,
  }),
  'waivers.revoke': endpoint({
    method: 'POST',
    path: '/v1/policy/waivers/{id}/revoke',
    summary: 'End a waiver now; one person suffices',
    action: 'waiver.revoke',
    params,
    body: WaiverRevocation,
    response: Waiver,
    status: 200,
  }),
}
