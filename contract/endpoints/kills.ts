import { z } from 'zod'
import { KillChanged, KillEngage, KillPage, KillQuery, KillRelease } from '../api/kills.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

/** Kill switches. */
export const killEndpoints = {
  'kills.list': endpoint({
    method: 'GET',
    path: '/v1/kills',
    summary: 'Kill switches, newest first',
    action: 'kill.read',
    query: KillQuery,
    response: KillPage,
    status: 200,
  }),
  'kills.engage': endpoint({
    method: 'POST',
    path: '/v1/kills',
    summary: 'Stop something at once; answers once every node has heard it or its lease has run out',
    action: 'kill.engage',
    body: KillEngage,
    response: KillChanged,
    status: 201,
  }),
  'kills.release': endpoint({
    method: 'POST',
    path: '/v1/kills/{id}/release',
    summary: 'Let go what was stopped, once a second person agrees',
    action: 'kill.release',
    params: z.strictObject({ id: Uuid }),
    body: KillRelease,
    response: KillChanged,
    status: 200,
    held: true,
  }),
}
