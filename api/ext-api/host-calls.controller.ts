import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import { problem } from '#contract/problems.js'
import type { EgressResponse, KvEntry } from '#runtime/host-calls/ports.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { bytesOf } from '../platform/http/raw-body.js'
import { etagOf, expectationOf } from './conditions.rules.js'
import { HostCalls } from './host-calls.service.js'

const NOT_MODIFIED = 304
/** As large as every other body. */
const MAX_VALUE_BYTES = 1024 * 1024

/** `/ext-api/v1`: says in HTTP what a guest says in its world. */
@Controller()
export class HostCallsController {
  constructor(private readonly calls: HostCalls) {}

  @Endpoint('host.kvList')
  async kvList(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'host.kvList'>) {
    const { prefix, cursor, limit } = query
    const args = { prefix, after: cursor ?? null, limit }
    const { keys, next } = (await this.calls.call(caller, { name: 'kv.scan', args })) as {
      keys: string[]
      next: string | null
    }
    return { items: keys, next_cursor: next }
  }

  @Endpoint('host.kvRead')
  async kvRead(
    @CurrentCaller() caller: Caller,
    @Input() { params }: EndpointInput<'host.kvRead'>,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const entry = (await this.calls.call(caller, { name: 'kv.read', args: params })) as KvEntry | null
    if (!entry) throw problem('not_found')
    const { value, version, expires_at_ms } = entry
    const etag = etagOf(version)
    reply.header('etag', etag).header('cache-control', 'no-store')
    if (expires_at_ms !== null) reply.header('gatehouse-expires-at', new Date(expires_at_ms).toISOString())
    if (headers['if-none-match'] === etag) return void (await reply.status(NOT_MODIFIED).send())
    await reply.type('application/octet-stream').send(Buffer.from(value))
  }

  @Endpoint('host.kvWrite')
  async kvWrite(
    @CurrentCaller() caller: Caller,
    @Input() { params, query }: EndpointInput<'host.kvWrite'>,
    @Req() { headers, body }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const value = await bytesOf(body, MAX_VALUE_BYTES)
    const put = { kind: 'put', ...params, value, expect: expectationOf(headers), ...query }
    const [version] = (await this.calls.call(caller, { name: 'kv.transact', args: { operations: [put] } })) as number[]
    reply.header('etag', etagOf(version!))
    return { version }
  }

  @Endpoint('host.kvDelete')
  async kvDelete(
    @CurrentCaller() caller: Caller,
    @Input() { params }: EndpointInput<'host.kvDelete'>,
    @Req() { headers }: FastifyRequest,
  ): Promise<void> {
    const operations = [{ kind: 'delete', ...params, expect: expectationOf(headers) }]
    await this.calls.call(caller, { name: 'kv.transact', args: { operations } })
  }

  @Endpoint('host.fetch')
  async fetch(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'host.fetch'>) {
    const args = { ...body, body: Buffer.from(body.body, 'base64') }
    const answer = (await this.calls.call(caller, { name: 'http.fetch', args })) as EgressResponse
    return { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body).toString('base64') }
  }

  @Endpoint('host.secret')
  async secret(
    @CurrentCaller() caller: Caller,
    @Input() { params }: EndpointInput<'host.secret'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const value = await this.calls.call(caller, { name: 'secrets.get', args: params })
    reply.header('cache-control', 'no-store')
    return { ...params, value }
  }

  @Endpoint('host.config')
  async config(@CurrentCaller() caller: Caller): Promise<unknown> {
    return JSON.parse((await this.calls.call(caller, { name: 'config.all', args: {} })) as string)
  }

  @Endpoint('host.publish')
  async publish(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'host.publish'>) {
    const args = { type: body.type, data: JSON.stringify(body.data) }
    return { id: await this.calls.call(caller, { name: 'events.publish', args }) }
  }

  @Endpoint('host.log')
  async log(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'host.log'>) {
    return { ...(await this.calls.post(caller, 'log.write', body.lines)), at: new Date().toISOString() }
  }

  @Endpoint('host.measure')
  async measure(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'host.measure'>) {
    const all = body.measurements.map(({ labels, ...rest }) => ({ ...rest, labels: Object.entries(labels) }))
    return { ...(await this.calls.post(caller, 'metrics.record', all)), at: new Date().toISOString() }
  }
}
