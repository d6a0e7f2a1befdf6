import { LIMITS, REQUEST_BYTES, type LimitName, type Limits } from './limits.js'

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
export const bodyCap = (endpoint: { readonly max_request_bytes: number }): number =>
  Math.min(endpoint.max_request_bytes, REQUEST_BYTES.ceiling)
