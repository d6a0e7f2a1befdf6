import { Readable } from 'node:stream'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ENVELOPE_HEADER, type Version } from '#contract/api/registry.js'
import type { EndpointInput } from '#contract/endpoints.js'
import { problem } from '#contract/problems.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Held } from '../platform/http/held.js'
import { Catalogue } from './catalogue.service.js'
import { Publishers } from './publishers.service.js'
import { Publishing } from './publishing.service.js'
import { Rungs } from './rungs.service.js'
import { Versions } from './versions.service.js'
import { versionView } from './views.rules.js'

/** Publishers, extensions and versions over HTTP. */
@Controller()
export class RegistryController {
  constructor(
    private readonly publishers: Publishers,
    private readonly publishing: Publishing,
    private readonly catalogue: Catalogue,
    private readonly versions: Versions,
    private readonly rungs: Rungs,
  ) {}

  @Endpoint('publishers.list')
  listPublishers(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'publishers.list'>) {
    return this.publishers.list(caller, query)
  }

  @Endpoint('publishers.create')
  createPublisher(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'publishers.create'>) {
    return this.publishers.create(caller, body)
  }

  @Endpoint('publishers.addKey')
  addKey(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'publishers.addKey'>) {
    return this.publishers.addKey(caller, params.id, body)
  }

  @Endpoint('publishers.revokeKey')
  revokeKey(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'publishers.revokeKey'>) {
    return this.publishers.revokeKey(caller, params.id, params.keyid)
  }

  @Endpoint('publishers.verify')
  verifyPublisher(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'publishers.verify'>) {
    return this.publishers.verify(caller, params.id)
  }

  /** 201 for a new version, 200 for the same bytes again, 202 where a review is needed. */
  @Endpoint('extensions.publish')
  async publish(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Version | Held> {
    const { body, headers } = request
    if (!(body instanceof Readable)) throw problem('request.unsupported_media_type')
    const declaredBytes = Number(headers['content-length'] ?? 0)
    const upload = { envelope: headers[ENVELOPE_HEADER], body, declaredBytes }
    const published = await this.publishing.publish(caller, upload)
    if (published instanceof Held) return published
    if (!published.created) reply.status(200)
    return versionView(published.version)
  }

  @Endpoint('extensions.list')
  listExtensions(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'extensions.list'>) {
    return this.catalogue.list(caller, query)
  }

  @Endpoint('extensions.show')
  showExtension(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'extensions.show'>) {
    return this.catalogue.show(caller, params.name)
  }

  @Endpoint('extensions.setRung')
  setRung(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'extensions.setRung'>) {
    return this.rungs.set(caller, params.name, body)
  }

  @Endpoint('versions.show')
  showVersion(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'versions.show'>) {
    return this.catalogue.version(caller, params.name, params.semver)
  }

  @Endpoint('versions.promote')
  promote(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'versions.promote'>) {
    return this.versions.promote(caller, params.name, params.semver, body)
  }

  @Endpoint('versions.yank')
  yank(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'versions.yank'>) {
    return this.versions.yank(caller, params.name, params.semver)
  }
}
