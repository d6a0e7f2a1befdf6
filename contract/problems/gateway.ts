import type { ProblemCatalogue } from './entry.js'

/** What is the matter with calls whose answer is kept: under an idempotency key, or until somebody fetches it. */
export const GATEWAY_PROBLEMS = {
  'idempotency.key_reused': {
    status: 422,
    title: 'The idempotency key stands for another request',
    remedy: 'Send a key of its own with each request, and the same key only with the same request of the same caller',
  },
  'call.in_progress': {
    status: 409,
    title: 'The call is still running',
    remedy: 'Ask again after the seconds in Retry-After',
  },
  'call.interrupted': {
    status: 409,
    title: 'The call was interrupted, and its answer is lost',
    remedy: 'See in the detail how far it came; where it is to run again, send it with another idempotency key',
  },
  'call.answer_not_kept': {
    status: 409,
    title: 'The answer was larger than is kept',
    remedy: 'Ask for less at once; where it is to run again, send it with another idempotency key',
  },
} as const satisfies ProblemCatalogue
