import { z } from 'zod'
import { CallBegun, KeptCallView } from '../api/calls.js'
import {
  Execution,
  ExecutionPage,
  ExecutionQuery,
  ExecutionReceipt,
  ExecutionReplayed,
  LogPage,
  LogQuery,
  MetricQuery,
  Metrics,
} from '../api/invocations.js'
import { ExecutionRecording } from '../api/recordings.js'
import { endpoint } from '../endpoint.js'
import { ExtensionId, Uuid, text } from '../primitives.js'

/** What ran, what it wrote to its log, and the one door through which extensions are called. */
export const invocationEndpoints = {
  'executions.list': endpoint({
    method: 'GET',
    path: '/v1/executions',
    summary: 'Executions, newest first',
    action: 'execution.read',
    workspace: 'query',
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
  'executions.recording': endpoint({
    method: 'GET',
    path: '/v1/executions/{id}/recording',
    summary: 'A recorded execution, host call by host call, with payloads and without the values of secrets',
    action: 'execution.export',
    params: z.strictObject({ id: Uuid }),
    response: ExecutionRecording,
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
  'extensions.metrics': endpoint({
    method: 'GET',
    path: '/v1/extensions/{name}/metrics',
    summary: 'What an extension measured of its own work on one day',
    action: 'execution.read',
    params: z.strictObject({ name: ExtensionId }),
    query: MetricQuery,
    response: Metrics,
    status: 200,
  }),
  'gateway.call': endpoint({
    method: 'ANY',
    path: '/api/ext/{id}/{path}',
    summary: 'Call an endpoint of an installed extension',
    action: 'extension.invoke',
    params: z.strictObject({
      id: text(200).meta({ examples: ['com.example.lockfile-auditor'] }),
      path: text(8_192)
        .describe('Path below the extension, as its manifest has it')
        .meta({ examples: ['scans/7'] }),
    }),
    headers: {
      'Idempotency-Key':
        'Runs once for each key of the organisation; the same request under it gets the first answer again, for 24 hours',
      'Gatehouse-Workspace':
        'Slug or id of the workspace whose install is called; the default one, or else the oldest install, where absent',
      Prefer: '`respond-async`: answers 202 at once, and `Location` says where to ask for the call',
      'Gatehouse-Record':
        'true keeps what the execution is given, sealed and for seven days, so that it can be replayed',
    },
    body: { stream: '*/*' },
    response: { type: '*/*' },
    status: 200,
    further: {
      202: {
        words: 'Under way, where `Prefer: respond-async` was asked for',
        headers: { location: 'Where to ask for the call', 'retry-after': 'Seconds until it is worth asking' },
        response: CallBegun,
      },
    },
    refusals: 'of_extension',
  }),
  'calls.show': endpoint({
    method: 'GET',
    path: '/v1/calls/{id}',
    summary: 'How a call stands that was not waited for',
    action: 'call.read',
    params: z.strictObject({ id: Uuid }),
    response: KeptCallView,
    status: 200,
  }),
  'calls.result': endpoint({
    method: 'GET',
    path: '/v1/calls/{id}/result',
    summary: 'The answer of a call that was not waited for, as the extension gave it',
    action: 'call.fetch',
    params: z.strictObject({ id: Uuid }),
    response: { type: '*/*' },
    status: 200,
    refusals: 'of_extension',
  }),
}
