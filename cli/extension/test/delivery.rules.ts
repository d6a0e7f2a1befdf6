import type { Manifest } from '#contract/manifest/index.js'
import { eventRequest } from '#runtime/calls/event-request.rules.js'
import { schemaCheck } from '#runtime/json-schema/json-schema.js'
import type { Surroundings } from '#sdk/test-kit/surroundings.schema.js'
import { momentIn } from '../local/host.js'
import { LOCAL_EVENT_SOURCE } from '../local/install.js'
import type { LocalRequest } from '../local/stage.js'
import type { DeliveredEvent } from './case-file.js'

/** The request by which an event comes in service. Raises an error where the manifest does not consume it as it is. */
export const deliveryOf = (
  { type, id, data }: DeliveredEvent,
  { api, events }: Manifest,
  surroundings: Surroundings,
): LocalRequest => {
  const consumed = events.consumes.find((each) => each.type === type)
  if (!consumed) throw new Error(`events.consumes of the manifest does not have ${type}, so it is never delivered`)
  const [misfit] = schemaCheck(consumed.schema)(data)
  if (misfit) throw new Error(`is never delivered: /data${misfit.pointer} ${misfit.detail}`)
  const { path } = api.endpoints.find((endpoint) => endpoint.id === consumed.endpoint)!
  const time = new Date(momentIn(surroundings)).toISOString()
  const envelope = { ...LOCAL_EVENT_SOURCE, id, type, time, data, extensionid: type.slice(0, type.lastIndexOf('.')) }
  const { method, headers, body } = eventRequest(envelope, path)
  return { method, target: path, headers, body }
}
