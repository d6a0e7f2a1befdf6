import { Readable } from 'node:stream'
import { Controller, StreamableFile } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { LedgerLog } from './log.service.js'

/** Each line of an export as one line of JSON. */
async function* asLines(lines: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
}

@Controller()
export class LedgerController {
  constructor(private readonly log: LedgerLog) {}

  @Endpoint('ledger.checkpoint')
  checkpoint() {
    return this.log.checkpoint()
  }

  @Endpoint('ledger.keys')
  keys() {
    return this.log.keys()
  }

  @Endpoint('ledger.inclusion')
  inclusion(@Input() { query }: EndpointInput<'ledger.inclusion'>) {
    return this.log.inclusion(query.entry)
  }

  @Endpoint('ledger.consistency')
  consistency(@Input() { query }: EndpointInput<'ledger.consistency'>) {
    return this.log.consistency(query.from, query.to)
  }

  @Endpoint('ledger.export')
  async export(@CurrentCaller() caller: Caller) {
    const lines = Readable.from(asLines(await this.log.export(scopeOf(caller))))
    return new StreamableFile(lines, { type: 'application/jsonl' })
  }
}
