import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Erasures } from './erasure.service.js'
import { PersonalDataExports } from './personal-data.service.js'

/** What is kept of people, and its end, over HTTP. */
@Controller()
export class PrivacyController {
  constructor(
    private readonly exports: PersonalDataExports,
    private readonly erasures: Erasures,
  ) {}

  @Endpoint('people.export')
  export(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'people.export'>) {
    return this.exports.of(caller, params.id)
  }

  @Endpoint('whoami.export')
  exportOwn(@CurrentCaller() caller: Caller) {
    return this.exports.own(caller)
  }

  @Endpoint('people.erase')
  erase(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'people.erase'>) {
    return this.erasures.request(caller, params.id)
  }
}
