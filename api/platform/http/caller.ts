import type { z } from 'zod'
import type { Actor } from '#contract/decisions/common.js'

/** Who asks, as the decision input names them. */
export type ActorFacts = z.infer<typeof Actor>

/** Who sent a request. An anonymous caller has neither principal nor tenant. */
export interface Caller {
  readonly principalId: string | null
  readonly keyId: string | null
  readonly tenantId: string | null
  readonly actor: ActorFacts
  /** Joins the request, its decisions, executions and log lines. */
  readonly correlationId: string
}

const anonymous: ActorFacts = {
  kind: 'anonymous',
  id: 'anonymous',
  tenant_id: null,
  publisher_id: null,
  roles: [],
  scopes: [],
  platform: false,
  step_up: false,
}

/** The caller of a public endpoint that came without credentials. */
export const anonymousCaller = (correlationId: string): Caller => ({
  principalId: null,
  keyId: null,
  tenantId: null,
  actor: anonymous,
  correlationId,
})
