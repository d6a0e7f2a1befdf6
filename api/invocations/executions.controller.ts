import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Executions } from './executions.service.js'
import { RecordingExport } from './replay/recording-export.service.js'
import { Replays } from './replay/replays.service.js'

/** Executions and logs over HTTP. */
@Controller()
export class ExecutionsController {
  constructor(
    private readonly executions: Executions,
    private readonly replays: Replays,
    private readonly exports: RecordingExport,
  ) {}

  @Endpoint('executions.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'executions.list'>) {
    return this.executions.list(caller, query)
  }

  @Endpoint('executions.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'executions.show'>) {
    return this.executions.show(caller, params.id)
  }

  @Endpoint('executions.receipt')
  receipt(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'executions.receipt'>) {
    return this.executions.receipt(caller, params.id)
  }

  @Endpoint('executions.replay')
  replay(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'executions.replay'>) {
    return this.replays.replay(caller, params.id)
  }

  @Endpoint('executions.recording')
  recording(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'executions.recording'>) {
    return this.exports.export(caller, params.id)
  }

  @Endpoint('extensions.logs')
  lines(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'extensions.logs'>) {
    return this.executions.lines(caller, params.name, query)
  }

  @Endpoint('extensions.metrics')
  metrics(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'extensions.metrics'>) {
    return this.executions.metrics(caller, params.name, query)
  }
}
