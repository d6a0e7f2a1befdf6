import type { ProblemCatalogue } from './entry.js'

/** How an invocation ended, and why one was not begun. */
export const EXECUTION_PROBLEMS = {
  'execution.fuel_exhausted': {
    status: 502,
    title: 'The extension used up its computing budget',
    remedy: 'Send it less work, or ask its publisher to declare a higher limits.fuel',
  },
  'execution.memory_exhausted': {
    status: 502,
    title: 'The extension used up its memory',
    remedy: 'Send it less at once, or ask its publisher to declare a higher limits.memory_mb',
  },
  'execution.time_exceeded': {
    status: 504,
    title: 'The extension did not answer in time',
    remedy: 'Send it less work, or ask its publisher to declare a higher limits.wall_ms',
  },
  'execution.output_exceeded': {
    status: 502,
    title: 'The answer of the extension is too large',
    remedy: 'Ask for less at once, or ask its publisher to declare a higher limits.output_bytes',
  },
  'execution.host_calls_exhausted': {
    status: 502,
    title: 'The extension made too many host calls',
    remedy: 'Send it less work, or ask its publisher to declare a higher limits.host_calls',
  },
  'execution.exited': {
    status: 502,
    title: 'The extension ended itself without an answer',
    remedy: 'Report the correlation id to its publisher, whose code calls exit',
  },
  'execution.trap': {
    status: 502,
    title: 'The extension stopped with a fault of its own',
    remedy: 'Report the correlation id to its publisher',
  },
  'execution.guest_error': {
    status: 502,
    title: 'The extension answered with an error',
    remedy: 'Report the correlation id to its publisher',
  },
  'execution.not_recorded': {
    status: 404,
    title: 'There is no recording of this execution',
    remedy:
      'Call it again with the header Gatehouse-Record: true; recordings are kept for seven days, up to 4 MiB each',
  },
  'execution.not_replayable': {
    status: 409,
    title: 'This execution cannot be run again',
    remedy: 'Replay one that ended by itself, on an instance that still has what ran then',
  },
  'execution.response_invalid': {
    status: 502,
    title: 'The answer of the extension cannot be passed on',
    remedy: 'Ask its publisher to answer with a status and content type that the gateway passes',
  },
  'execution.crashed': {
    status: 502,
    title: 'The slot ended while the extension ran',
    remedy: 'Retry; if it stays, report the correlation id to an operator',
  },
  'execution.runner_lost': {
    status: 502,
    title: 'The machine that ran the extension was lost',
    remedy: 'Read in detail whether it may have had effects; send it again where that does no harm',
  },
  'execution.killed': {
    status: 503,
    title: 'A kill switch ended the execution',
    remedy: 'Ask who engaged it, or an operator, to release it',
  },
  'execution.client_gone': {
    status: 499,
    title: 'The caller went away before the answer was whole',
    remedy: 'Call it again, and read the answer to its end',
  },
  'execution.input_exceeded': {
    status: 413,
    title: 'The body that was streamed to the extension is too large',
    remedy: 'Send less, or ask its publisher to declare a higher max_request_bytes of the endpoint',
  },
  'execution.isolation_absent': {
    status: 503,
    title: 'This machine puts no wall around foreign code',
    remedy:
      'Ask the operator to run Gatehouse where namespaces are to be had, or to accept GATEHOUSE_WEAK_ISOLATION=allow',
  },
  'execution.concurrency_exceeded': {
    status: 429,
    title: 'As many calls of this install as may run at once are running',
    remedy: 'Retry after the seconds in Retry-After, or ask its publisher to declare a higher limits.concurrency',
  },
  'execution.circuit_open': {
    status: 503,
    title: 'The extension failed again and again, and is left alone for a while',
    remedy: 'Retry after the seconds in Retry-After; if it stays, report the correlation id to its publisher',
  },
  'execution.limit_reached': {
    status: 429,
    title: 'A limit on calls is reached',
    remedy: 'Retry after the seconds in Retry-After, or ask an admin of the organisation to raise the limit',
  },
  'execution.throttled': {
    status: 429,
    title: 'Calls of this extension are slowed down',
    remedy: 'Retry after the seconds in Retry-After; enforcement put it on the rung throttle',
  },
} as const satisfies ProblemCatalogue
