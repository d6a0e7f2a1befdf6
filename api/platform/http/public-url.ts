import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HttpAdapterHost } from '@nestjs/core'
import { problem } from '#contract/problems.js'
import type { Config } from '../config/config.js'

/** The service's own address as browsers and providers know it. Never what a request says it is. */
export class PublicUrl {
  constructor(
    private readonly config: Pick<Config, 'GATEHOUSE_PUBLIC_URL' | 'profile'>,
    private readonly host: Pick<HttpAdapterHost, 'httpAdapter'>,
  ) {}

  /** The origin that is set, or, embedded, where it listens. Raises `sign_in.no_public_url`. */
  origin(): string {
    const { GATEHOUSE_PUBLIC_URL, profile } = this.config
    if (GATEHOUSE_PUBLIC_URL !== undefined) return GATEHOUSE_PUBLIC_URL
    const server = this.host.httpAdapter.getHttpServer() as Server
    const address = server.address() as AddressInfo | null
    if (profile !== 'embedded' || address === null) throw problem('sign_in.no_public_url')
    return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  }
}
