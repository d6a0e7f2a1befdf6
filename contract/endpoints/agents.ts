import {
  AgentDecisionPage,
  AgentDecisionQuery,
  OPA_BUNDLE_TYPE,
  OpaAgentPage,
  OpaAgentQuery,
  OpaLogsTaken,
  OpaStatusReport,
  OpaStatusTaken,
} from '../api/agents.js'
import { endpoint } from '../endpoint.js'

const polling = {
  'if-none-match': 'ETags of what the agent has',
  prefer: 'modes=snapshot;wait=N: answer at once where there is something newer, else after at most N seconds',
}

const bundle = {
  response: { type: OPA_BUNDLE_TYPE },
  status: 200,
  answerHeaders: { etag: 'Names this bundle' },
  further: { 304: { words: 'The agent has it', headers: { etag: 'Names the bundle that the agent has' } } },
} as const

/** What a stock OPA agent speaks (bundles, discovery, status, decision logs), and what is known of agents. */
export const agentEndpoints = {
  'agents.bundle': endpoint({
    method: 'GET',
    path: '/v1/opa/bundles/gatehouse',
    summary: 'The policy in force as a signed OPA bundle; 304 where the agent has it',
    action: 'agent.connect',
    headers: polling,
    ...bundle,
  }),
  'agents.discovery': endpoint({
    method: 'GET',
    path: '/v1/opa/discovery',
    summary: "The rest of an OPA agent's configuration as a discovery bundle; 304 where the agent has it",
    action: 'agent.connect',
    headers: { 'if-none-match': polling['if-none-match'] },
    ...bundle,
  }),
  'agents.status': endpoint({
    method: 'POST',
    path: '/v1/opa/status',
    summary: 'Take the status report of an OPA agent',
    action: 'agent.report',
    body: OpaStatusReport,
    response: OpaStatusTaken,
    status: 200,
  }),
  'agents.logs': endpoint({
    method: 'POST',
    path: '/v1/opa/logs',
    summary: 'Take a decision log of an OPA agent: a JSON array, gzipped or not, at most 8 MiB in either form',
    action: 'agent.report',
    headers: { 'content-encoding': 'gzip, or absent' },
    body: { stream: '*/*' },
    response: OpaLogsTaken,
    status: 200,
  }),
  'agents.list': endpoint({
    method: 'GET',
    path: '/v1/opa/agents',
    summary: 'OPA agents: when each was heard of, which policy it decides by, and what went wrong',
    action: 'policy.read',
    query: OpaAgentQuery,
    response: OpaAgentPage,
    status: 200,
  }),
  'agents.decisions': endpoint({
    method: 'GET',
    path: '/v1/opa/decisions',
    summary: 'What OPA agents decided, newest first',
    action: 'decision.read',
    query: AgentDecisionQuery,
    response: AgentDecisionPage,
    status: 200,
  }),
}
