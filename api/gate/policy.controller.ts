import { Controller } from '@nestjs/common'
import { Endpoint } from '../platform/http/endpoint.decorator.js'
import { PolicySet } from './policy-set.service.js'

@Controller()
export class PolicyController {
  constructor(private readonly policies: PolicySet) {}

  @Endpoint('policy.show')
  show() {
    return this.policies.show()
  }
}
