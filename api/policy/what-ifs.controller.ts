import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { WhatIfs } from './what-ifs.service.js'

/** What candidates would have changed, over HTTP. */
@Controller()
export class WhatIfsController {
  constructor(private readonly whatIfs: WhatIfs) {}

  @Endpoint('whatifs.startDraft')
  startDraft(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'whatifs.startDraft'>) {
    return this.whatIfs.ofDraft(caller, params.id, body)
  }

  @Endpoint('whatifs.startRevision')
  startRevision(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'whatifs.startRevision'>) {
    return this.whatIfs.ofRevision(caller, params.revision, body)
  }

  @Endpoint('whatifs.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'whatifs.list'>) {
    return this.whatIfs.list(caller, query)
  }

  @Endpoint('whatifs.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'whatifs.show'>) {
    return this.whatIfs.show(caller, params.id)
  }

  @Endpoint('whatifs.cancel')
  cancel(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'whatifs.cancel'>) {
    return this.whatIfs.cancel(caller, params.id)
  }
}
