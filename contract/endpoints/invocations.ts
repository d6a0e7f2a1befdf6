import { z } from 'zod'
import {
  Execution,
  ExecutionPage,
  ExecutionQuery,
  ExecutionReceipt,
  ExecutionReplayed,
  LogPage,
  LogQuery,
} from '../api/invocations.js'
import { endpoint } from '../endpoint.js'
import { ExtensionId, Uuid, text } from '../primitives.js'

/** What ran, what it wrote to its log, and the one door through which extensions are called. */
export const invocationEndpoints = {
  'executions.list': endpoint({
    method: 'GET',
    path: '/v1/executions',
    summary: 'Executions, newest first',
    action: 'execution.read',
    query: ExecutionQuery,
    response: ExecutionPage,
    status: 200,
  }),
  'executions.show': endpoint({
    method: 'GET',
    path: '/v1/executions/{id}',
    summary: 'One execution',
    action: 'execution.read',
    params: z.strictObject({ id: Uuid }),
    response: Execution,
    status: 200,
  }),
  'executions.receipt': endpoint({
    method: 'GET',
    path: '/v1/executions/{id}/receipt',
    summary: 'The receipt of an execution, with the proof that it is in the log',
    action: 'execution.read',
    params: z.strictObject({ id: Uuid }),
    response: ExecutionReceipt,
    status: 200,
  }),
  'executions.replay': endpoint({
    method: 'POST',
    path: '/v1/executions/{id}/replay',
    summary: 'Run a recorded execution again, without effects, and name the first difference',
    action: 'execution.replay',
    params: z.strictObject({ id: Uuid }),
    response: ExecutionReplayed,
    status: 200,
  }),
  'extensions.logs': endpoint({
    method: 'GET',
    path: '/v1/extensions/{name}/logs',
    summary: 'Log lines of an extension, oldest first',
    action: 'execution.read',
    params: z.strictObject({ name: ExtensionId }),
    query: LogQuery,
    response: LogPage,
    status: 200,
  }),
  'gateway.call': endpoint({
    method: 'ANY',
    path: '/api/ext/{id}/{path}',
    summary: 'Call an endpoint of an installed extension',
    action: 'extension.invoke',
    params: z.strictObject({
      id: text(200),
      path: text(16_384).describe('Path below the extension, as its manifest has it'),
    }),
    headers: {
      'gatehouse-record':
        'true keeps what the execution is given, sealed and for seven days, so that it can be replayed',
    },
    body: { stream: '*/*' },
    response: { type: '*/*' },
    status: 200,
  }),
}
