import { streamsRequest } from './endpoints.js'
import type { ExtensionEndpoint } from './index.js'
import { LIMITS, REQUEST_BYTES, STREAMED_BYTES, type LimitName, type Limits } from './limits.js'

/** The most that an operator lets one call take, on top of the platform's ceilings. */
export interface OperatorLimits {
  /** Milliseconds. */
  readonly wallMs: number
}

interface Wanting {
  readonly limits: Limits
}
interface Timed {
  readonly timeout_ms?: number | undefined
}

/** What one invocation may use: the least of what the manifest asks for, the platform's ceiling and the operator's. */
export const effectiveLimits = ({ limits }: Wanting, endpoint: Timed, operator: OperatorLimits): Limits => {
  const within = (name: LimitName): number => Math.min(limits[name], LIMITS[name].ceiling)
  return {
    fuel: within('fuel'),
    memory_mb: within('memory_mb'),
    wall_ms: Math.min(endpoint.timeout_ms ?? within('wall_ms'), LIMITS.wall_ms.ceiling, operator.wallMs),
    output_bytes: within('output_bytes'),
    host_calls: within('host_calls'),
    concurrency: within('concurrency'),
  }
}

/** Bytes that the body of a request to this endpoint may have. */
export const bodyCap = (endpoint: Pick<ExtensionEndpoint, 'max_request_bytes' | 'stream'>): number =>
  Math.min(endpoint.max_request_bytes, (streamsRequest(endpoint) ? STREAMED_BYTES : REQUEST_BYTES).ceiling)

/** Bytes of bodies that go piece by piece, each way. */
export const streamLimits = ({ limits }: Wanting, endpoint: ExtensionEndpoint) => ({
  request_bytes: bodyCap(endpoint),
  response_bytes: Math.min(
    endpoint.max_response_bytes ?? Math.min(limits.output_bytes, LIMITS.output_bytes.ceiling),
    STREAMED_BYTES.ceiling,
  ),
})
