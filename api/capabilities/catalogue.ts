import type { Capability } from './capability.js'
import { configCapabilities } from './config.capability.js'
import type { EgressClient } from './egress.client.js'
import { eventCapabilities } from './events.capability.js'
import type { EventsRepository } from './events.repository.js'
import type { HostResolver } from './host-resolver.js'
import { httpCapabilities } from './http.capability.js'
import { kvCapabilities } from './kv.capability.js'
import type { KvRepository } from './kv.repository.js'
import { logCapabilities } from './log.capability.js'
import { metricCapabilities } from './metrics.capability.js'
import { secretCapabilities, type SecretReader } from './secrets.capability.js'

/** What the capabilities reach. */
export interface CapabilityPorts {
  readonly kv: KvRepository
  readonly events: EventsRepository
  readonly secrets: SecretReader
  readonly resolver: HostResolver
  readonly client: EgressClient
}

/** Every host call there is, by name. What is not here does not exist for a guest. */
export const capabilityCatalogue = ({
  kv,
  events,
  secrets,
  resolver,
  client,
}: CapabilityPorts): ReadonlyMap<string, Capability> =>
  new Map(
    [
      ...kvCapabilities(kv),
      ...logCapabilities,
      ...metricCapabilities,
      ...configCapabilities,
      ...eventCapabilities(events),
      ...httpCapabilities({ resolver, client, secrets }),
      ...secretCapabilities(secrets),
    ].map((capability) => [capability.name, capability as Capability]),
  )
