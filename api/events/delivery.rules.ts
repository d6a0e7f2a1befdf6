import type { CallTarget } from '../installs/call-target.js'
import { Problem } from '#contract/problems.js'
import { schemaCheck } from '#runtime/json-schema/json-schema.js'
import type { ActorFacts } from '../platform/http/caller.js'
import type { DueDelivery } from './deliveries.repository.js'

const MAX_FAULT = 500

/** The endpoint that takes a delivery, or why none ever will. */
export type Taker = { readonly endpoint: CallTarget['endpoints'][number] } | { readonly never: string }

/** Who takes a delivery, as the install stands now. */
export const takerOf = ({ install_id, event }: DueDelivery, target: CallTarget | null): Taker => {
  if (target?.installId !== install_id)
    return { never: 'The install that answers calls of the extension is another one' }
  const consumed = target.consumes.find(({ type }) => type === event.type)
  const endpoint = consumed && target.endpoints.find(({ id }) => id === consumed.endpoint)
  if (!endpoint) return { never: 'The version that is installed now does not consume it' }
  const [misfit] = schemaCheck(consumed.schema)({ ...event.data })
  return misfit
    ? { never: `The data does not fit the schema that the extension relies on, at ${misfit.pointer}` }
    : { endpoint }
}

/** The platform, which calls on behalf of an organisation's own event, and with no right but to call. */
export const eventActor = (tenantId: string): ActorFacts => ({
  ...{ kind: 'system', id: 'event', tenant_id: tenantId, publisher_id: null },
  ...{ roles: [], scopes: ['extensions:invoke'], platform: false, step_up: false },
})

/** Why an attempt failed, in words that can be kept. */
export const faultOf = (error: unknown): string => {
  const reasons = error instanceof Problem ? (error.details.reasons ?? []).map(({ id }) => id) : []
  const words =
    error instanceof Problem ? `${error.code}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}` : String(error)
  return words.replaceAll('\0', '').toWellFormed().slice(0, MAX_FAULT)
}
