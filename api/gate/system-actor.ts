import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { factFragment } from './canonical-input.js'
import type { ActorFacts, Caller } from '../platform/http/caller.js'

/** The platform itself: bootstraps, undoes, and carries out what people settled; votes and state authorize it, not a scope. */
export const SYSTEM_ACTOR: ActorFacts = factFragment<ActorFacts>({
  kind: 'system',
  id: 'system',
  tenant_id: PLATFORM_TENANT_ID,
  publisher_id: null,
  roles: [],
  scopes: [],
  platform: true,
  step_up: false,
})

/** The platform as a caller of its own services. */
export const systemCaller = (correlationId: string): Caller => ({
  principalId: null,
  keyId: null,
  tenantId: PLATFORM_TENANT_ID,
  tenant: null,
  actor: SYSTEM_ACTOR,
  correlationId,
})
