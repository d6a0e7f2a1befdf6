import type { Capability, Installed } from './capability.js'
import { configCapabilities } from './config.capability.js'
import { eventCapabilities } from './events.capability.js'
import { httpCapabilities } from './http.capability.js'
import { kvCapabilities } from './kv.capability.js'
import { logCapabilities } from './log.capability.js'
import { metricCapabilities } from './metrics.capability.js'
import type { CapabilityPorts } from './ports.js'
import { secretCapabilities } from './secrets.capability.js'

/** Every host call there is, by name. What is not here does not exist for a guest. */
export const capabilityCatalogue = <T extends Installed>({
  kv,
  events,
  secrets,
  resolver,
  client,
}: CapabilityPorts<T>): ReadonlyMap<string, Capability<never, T>> =>
  new Map(
    [
      ...kvCapabilities(kv),
      ...logCapabilities,
      ...metricCapabilities,
      ...configCapabilities,
      ...eventCapabilities(events),
      ...httpCapabilities({ resolver, client, secrets }),
      ...secretCapabilities(secrets),
    ].map((capability) => [capability.name, capability as Capability<never, T>]),
  )
