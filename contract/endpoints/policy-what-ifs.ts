import { z } from 'zod'
import { WhatIfPage, WhatIfQuery, WhatIfRun, WhatIfStart } from '../api/what-if-runs.js'
import { endpoint } from '../endpoint.js'
import { Digest, Uuid } from '../primitives.js'

const run = z.strictObject({ id: Uuid })

/** What a candidate would have answered to past decisions. */
export const policyWhatIfEndpoints = {
  'whatifs.startDraft': endpoint({
    method: 'POST',
    path: '/v1/policy/drafts/{id}/what-if',
    summary: 'Begin to replay past decisions through a draft, as it stands now',
    action: 'policy.what_if',
    params: run,
    body: WhatIfStart,
    response: WhatIfRun,
    status: 201,
  }),
  'whatifs.startRevision': endpoint({
    method: 'POST',
    path: '/v1/policy/revisions/{revision}/what-if',
    summary: 'Begin to replay past decisions through a revision',
    action: 'policy.what_if',
    params: z.strictObject({ revision: Digest }),
    body: WhatIfStart,
    response: WhatIfRun,
    status: 201,
  }),
  'whatifs.list': endpoint({
    method: 'GET',
    path: '/v1/policy/what-ifs',
    summary: 'Replays of past decisions through candidates, newest first',
    action: 'policy.read',
    query: WhatIfQuery,
    response: WhatIfPage,
    status: 200,
  }),
  'whatifs.show': endpoint({
    method: 'GET',
    path: '/v1/policy/what-ifs/{id}',
    summary: 'How far a replay is and, when it is done, what the candidate would have changed',
    action: 'policy.read',
    params: run,
    response: WhatIfRun,
    status: 200,
  }),
  'whatifs.cancel': endpoint({
    method: 'POST',
    path: '/v1/policy/what-ifs/{id}/cancel',
    summary: 'End a replay; what it found by now is not kept as a report',
    action: 'policy.what_if',
    params: run,
    response: WhatIfRun,
    status: 200,
  }),
}
