import { randomUUID } from 'node:crypto'
import { nothingDone } from '#runtime/host-calls/capability.js'
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
  hops: 0,
  deadline: Date.now() + MINUTE_MS,
  signal: new AbortController().signal,
  ...nothingDone(),
})
