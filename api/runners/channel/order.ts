import { randomBytes, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { digestOf } from '#runtime/digest.js'
import type { Job } from '#runtime/slots/job.js'
import { signCompact } from './signed.js'

/** Milliseconds by which the clocks of API and runner may differ. */
export const CLOCK_SKEW_MS = 5_000
/** Longest time that an order may be good for, in milliseconds: beyond any deadline that can be set. */
export const LONGEST_MS = 130_000

/** What an order says. One order is for one run of one decided call on one runner. Times are in milliseconds since the epoch. */
export const OrderClaims = z.strictObject({
  /** The decision that allowed the call; also its execution's id. */
  decision: z.string().min(1),
  tenant: z.string().min(1),
  /** Digest of the artifact. */
  artifact: z.string(),
  /** Digest of the job's bytes. */
  job: z.string(),
  /** Change of the kill list under which it was signed. */
  epoch: z.string().regex(/^\d{1,20}$/),
  /** The runner's address, as the API has it. */
  runner: z.string(),
  /** The run of the runner. */
  instance: z.string(),
  issued_at: z.int(),
  deadline: z.int(),
  nonce: z.string().min(16).max(64),
})
export type OrderClaims = z.infer<typeof OrderClaims>

/** Who is to take it, and what the API knows. */
export interface OrderFor {
  readonly runner: string
  readonly instance: string
  readonly epoch: bigint
}

/** Signs the order for a job whose bytes these are. */
export const signOrder = (
  { executionId, tenantId, artifact, deadline }: Job,
  bytes: Uint8Array,
  { runner, instance, epoch, key }: OrderFor & { readonly key: KeyObject },
): string => {
  const claims: OrderClaims = {
    ...{ decision: executionId, tenant: tenantId, artifact: artifact.digest, job: digestOf(bytes) },
    ...{ epoch: epoch.toString(), runner, instance, issued_at: Date.now(), deadline: Math.floor(deadline) },
    nonce: randomBytes(16).toString('base64url'),
  }
  return signCompact('gatehouse-order', claims, key)
}
