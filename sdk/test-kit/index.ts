/**
 * What tests of an extension are written with: `import { given, test } from '@gatehouse/sdk/testing'`. They run by `gatehouse ext
 * test`, which builds the extension and calls it in the real sandbox under the real policy.
 */
import { register, stage } from './registry.js'
import type { Called, TestEvent, TestRequest } from './called.js'
import type { Given } from './surroundings.schema.js'

export type { Called, HostCallMade, TestEvent, TestRequest } from './called.js'
export type { Expected } from './expectation.schema.js'
export type { Given } from './surroundings.schema.js'

/** Registers a test; it fails where `run` throws or rejects. Tests of a file run one after the other, in their order. */
export const test = (name: string, run: () => void | Promise<void>): void =>
  register({ name, run, at: new Error(name) })

/** An extension in surroundings that last over several calls: what one call stores, the next finds. */
export interface Surrounded {
  call(request: TestRequest): Promise<Called>
  /** Delivers an event to the endpoint that consumes it, as it comes in service. Rejects where it never would be delivered. */
  deliver(event: TestEvent): Promise<Called>
}

/** Puts the extension into surroundings: what is stored, settings, secrets, hosts that answer, what is granted, who calls. */
export const given = (surroundings: Given = {}): Surrounded => stage().surround(surroundings)

/** One call, in surroundings of its own. */
export const call = (request: TestRequest, surroundings: Given = {}): Promise<Called> =>
  given(surroundings).call(request)

/** One event, delivered in surroundings of its own. */
export const deliver = (event: TestEvent, surroundings: Given = {}): Promise<Called> =>
  given(surroundings).deliver(event)
