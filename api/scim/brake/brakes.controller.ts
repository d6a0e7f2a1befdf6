import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { ScimBrakes } from './brakes.service.js'
import { BrakeUndo } from './undo.service.js'

/** Brakes of SCIM connections over HTTP. */
@Controller()
export class ScimBrakesController {
  constructor(
    private readonly brakes: ScimBrakes,
    private readonly undoing: BrakeUndo,
  ) {}

  @Endpoint('scim.listBrakes')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'scim.listBrakes'>) {
    return this.brakes.list(caller, query)
  }

  @Endpoint('scim.showBrake')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scim.showBrake'>) {
    return this.brakes.show(caller, params.id)
  }

  @Endpoint('scim.releaseBrake')
  release(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'scim.releaseBrake'>) {
    return this.brakes.release(caller, params.id, body)
  }

  @Endpoint('scim.undoBrake')
  undo(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scim.undoBrake'>) {
    return this.undoing.undo(caller, params.id)
  }
}
