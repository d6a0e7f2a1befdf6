/** The API client: `import { GatehouseClient } from '@gatehouse/client'`. Needs Node 20 or later and nothing else. */
export { GatehouseClient, type BoundToken, type ClientOptions, type Invocation, type Sending } from './client.js'
export { LaterCall } from './later-call.js'
export { Refusal, type FieldProblem, type ProblemBody } from './refusal.js'
export type { AnswerOf, ItemOf, OperationId, PagedId, Problem, Reply, RequestOf } from './types.js'
