import type { Called, TestRequest } from '#sdk/test-kit/called.js'
import { bytesOf } from '#sdk/test-kit/content.js'
import type { Surroundings } from '#sdk/test-kit/surroundings.schema.js'
import { openState, type LocalState } from '../local/host.js'
import type { Admitted, LocalRequest, LocalStage } from '../local/stage.js'
import { calledOf } from './called.js'
import type { DeliveredEvent } from './case-file.js'
import { deliveryOf } from './delivery.rules.js'

/** The extension that is tested. */
export class Subject {
  constructor(
    private readonly stage: LocalStage,
    private readonly admitted: Admitted,
  ) {}

  /** Calls it. Raises what the gateway does, such as `not_found`. */
  async call(
    { method = 'GET', path, headers = {}, body }: TestRequest,
    surroundings: Surroundings,
    state: LocalState = openState(surroundings),
  ): Promise<Called> {
    const request = { method, target: path, headers: Object.entries(headers) }
    const whole = body === undefined ? request : { ...request, body: bytesOf(body) }
    return this.run(whole, surroundings, state)
  }

  /** Delivers an event to it, as it is delivered in service. Raises an error where it never would be. */
  async deliver(
    event: DeliveredEvent,
    surroundings: Surroundings,
    state: LocalState = openState(surroundings),
  ): Promise<Called> {
    return this.run(deliveryOf(event, this.admitted.manifest, surroundings), surroundings, state)
  }

  private async run(request: LocalRequest, surroundings: Surroundings, state: LocalState): Promise<Called> {
    const run = await this.stage.call(this.admitted, request, { surroundings, state })
    return calledOf({ run, kv: state.kv.contents() })
  }
}
