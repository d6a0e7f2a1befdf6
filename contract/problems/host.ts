import type { ProblemCatalogue } from './entry.js'

/** Why a host call of an extension that runs elsewhere had no effect, other than that policy refused it. */
export const HOST_PROBLEMS = {
  'host.token_outdated': {
    status: 401,
    title: 'The runtime token is of an install or version that is there no longer',
    remedy: 'Mint another one: POST /v1/installs/{id}/runtime-tokens',
  },
  'host.precondition_failed': {
    status: 412,
    title: 'What lies under the key is not what was expected',
    remedy: 'Read it again, and send the ETag that it has now',
  },
  'host.call_refused': {
    status: 422,
    title: 'The host could not carry this out',
    remedy: 'Correct what the detail names',
  },
  'host.unreachable': {
    status: 502,
    title: 'The other host gave no answer',
    remedy: 'Retry; if it stays, look whether the host can be reached from here',
  },
} as const satisfies ProblemCatalogue
