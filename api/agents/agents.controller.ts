import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { OPA_BUNDLE_TYPE } from '#contract/api/agents.js'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { goneSignal } from '../platform/http/gone-signal.js'
import { bytesOf } from '../platform/http/raw-body.js'
import { AgentBundles, type NamedBundle } from './bundles.service.js'
import { MAX_LOG_BYTES } from './decision-logs.rules.js'
import { etagOf, waitOf } from './polling.rules.js'
import { AgentReports } from './reports.service.js'
import { KnownAgents } from './known-agents.service.js'

/** What a stock OPA agent speaks, and what is known of agents, over HTTP. */
@Controller()
export class AgentsController {
  constructor(
    private readonly bundles: AgentBundles,
    private readonly reports: AgentReports,
    private readonly known: KnownAgents,
  ) {}

  @Endpoint('agents.bundle')
  async bundle(
    @CurrentCaller() { tenantId, actor }: Caller,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const [waitMs, signal] = [waitOf(textOf(headers.prefer)), goneSignal(reply)]
    return send(
      reply,
      await this.bundles.policy({ known: headers['if-none-match'], tenant: tenantId ?? actor.id, waitMs, signal }),
    )
  }

  @Endpoint('agents.discovery')
  async discovery(@Req() { headers }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return send(reply, await this.bundles.discovery(headers['if-none-match']))
  }

  @Endpoint('agents.status')
  status(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'agents.status'>) {
    return this.reports.status(caller, body)
  }

  @Endpoint('agents.logs')
  async logs(@CurrentCaller() caller: Caller, @Req() { body, headers }: FastifyRequest) {
    const bytes = await bytesOf(body, MAX_LOG_BYTES)
    return this.reports.logs(caller, { body: bytes, encoding: headers['content-encoding'] })
  }

  @Endpoint('agents.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'agents.list'>) {
    return this.known.list(caller, query)
  }

  @Endpoint('agents.decisions')
  decisions(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'agents.decisions'>) {
    return this.known.decisions(caller, query)
  }
}

const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(',') : header

/** 304 where the agent has it already. */
const send = (reply: FastifyReply, { name, archive }: NamedBundle): Buffer | undefined => {
  reply.header('etag', etagOf(name)).header('cache-control', 'no-cache').type(OPA_BUNDLE_TYPE)
  if (archive) return Buffer.from(archive)
  reply.status(304)
  return undefined
}
