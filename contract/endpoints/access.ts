import { AccessAnswer, AccessQuestion, WhoCanAnswer, WhoCanQuestion } from '../api/access.js'
import { endpoint } from '../endpoint.js'

/** Questions of what somebody may do. */
export const accessEndpoints = {
  'access.explain': endpoint({
    method: 'POST',
    path: '/v1/access/explain',
    summary: "What would come of somebody's request, and why",
    action: 'access.read',
    body: AccessQuestion,
    response: AccessAnswer,
    status: 200,
  }),
  'access.whoCan': endpoint({
    method: 'POST',
    path: '/v1/access/who-can',
    summary: 'Who may do something',
    action: 'access.read',
    body: WhoCanQuestion,
    response: WhoCanAnswer,
    status: 200,
  }),
}
