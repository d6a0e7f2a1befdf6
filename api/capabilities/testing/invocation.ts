import { randomUUID } from 'node:crypto'
import { LogSheet } from '#runtime/host-calls/log.rules.js'
import { MetricSheet } from '#runtime/host-calls/metrics.rules.js'
import { anonymousCaller } from '../../platform/http/caller.js'
import type { CallTarget } from '../../installs/call-target.js'
import type { Invocation } from '../invocation.js'
import { callTarget } from './call-target.js'

const MINUTE_MS = 60_000

/** A running invocation, for tests. */
export const invocationOf = (target: CallTarget = callTarget()): Invocation => ({
  executionId: randomUUID(),
  revision: null,
  target,
  caller: anonymousCaller('test'),
  deadline: Date.now() + MINUTE_MS,
  signal: new AbortController().signal,
  disclosed: new Map(),
  log: new LogSheet(),
  metrics: new MetricSheet(),
  published: 0,
  requests: 0,
  egressBytes: 0,
})
