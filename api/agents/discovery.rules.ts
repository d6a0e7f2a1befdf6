import { OPA_BUNDLE } from '#contract/api/agents.js'
import type { OpaKey } from '#engine/signed-bundle.js'

/** The service's name in an agent's own configuration; what is discovered refers to it. */
const SERVICE = 'gatehouse'
/** How long an agent waits for another policy, in seconds. */
const LONG_POLL_S = 30

/**
 * An agent's configuration but for the way here, which it brings: https://www.openpolicyagent.org/docs/configuration.
 * `signing` without a key id means that any of these keys will do, so that keys can change.
 */
export const discovered = (keys: Record<string, OpaKey>) => ({
  keys,
  bundles: {
    [OPA_BUNDLE]: {
      service: SERVICE,
      resource: `/bundles/${OPA_BUNDLE}`,
      signing: {},
      polling: { min_delay_seconds: 5, max_delay_seconds: 10, long_polling_timeout_seconds: LONG_POLL_S },
    },
  },
  status: { service: SERVICE },
  decision_logs: { service: SERVICE, reporting: { min_delay_seconds: 2, max_delay_seconds: 10 } },
})
