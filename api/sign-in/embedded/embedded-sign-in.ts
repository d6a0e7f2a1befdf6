import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { IdentityProviderCreate } from '#contract/api/sign-in.js'
import { DEMO_TENANTS } from '../../identity/demo-tenants.js'
import type { Callers } from '../../identity/caller-resolver.service.js'
import type { FoundingTenant } from '../../identity/founding.rules.js'
import { writeSecretFile } from '../../identity/secret-file.js'
import type { Config } from '../../platform/config/config.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Caller } from '../../platform/http/caller.js'
import { findDomain } from '../domains.repository.js'
import type { Domains, TxtLookUp } from '../domains.service.js'
import type { ClientKeys } from '../openid/client-keys.js'
import type { Providers } from '../providers.service.js'
import type { PublicUrl } from '../../platform/http/public-url.js'
import { domainNamed, providerNamed, pseudonymOf } from './demo-people.repository.js'
import { EmbeddedProvider, TWO_FACTORS, type EmbeddedClient } from './embedded-provider.js'

/** Name servers of the demo's domains: `.example` is nobody's (RFC 2606), so who asks for them is answered here. */
export class EmbeddedZone {
  private readonly records = new Map<string, string>()

  put(name: string, value: string): void {
    this.records.set(name, value)
  }

  /** Answers for what lies here, and asks `others` for the rest. */
  over(others: TxtLookUp): TxtLookUp {
    return async (name) => {
      const value = this.records.get(name)
      return value === undefined ? others(name) : [[value]]
    }
  }
}

/** Where the embedded provider listens; the same object is read by the wall. */
export interface EmbeddedPlace {
  /** `host:port`; null until it listens. */
  at: string | null
}

export interface EmbeddedSignInParts {
  readonly config: Config
  readonly database: Database
  readonly callers: Callers
  readonly providers: Providers
  readonly domains: Domains
  readonly keys: ClientKeys
  readonly publicUrl: PublicUrl
  readonly zone: EmbeddedZone
  readonly place: EmbeddedPlace
}

const SLUG = 'demo'
const FILE = 'identity-provider.json'

/** Signing in from the first minute: an identity provider on loopback, and the demo organisations trust it. */
export class EmbeddedSignIn implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('sign-in')
  private running: EmbeddedProvider | undefined

  constructor(private readonly parts: EmbeddedSignInParts) {}

  /** What fails is logged and tried at the next start: keys still work. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.parts.config.profile !== 'embedded') return
    try {
      await this.start()
    } catch (error) {
      this.logger.warn({ error }, 'nobody can sign in by the embedded identity provider; keys still work')
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.running?.stop()
  }

  private async start(): Promise<void> {
    const port = await this.rememberedPort()
    this.running = await EmbeddedProvider.start({ port, clients: DEMO_TENANTS.map((tenant) => this.clientOf(tenant)) })
    const { issuer } = this.running
    await writeSecretFile(this.file, `${JSON.stringify({ issuer })}\n`)
    this.parts.place.at = new URL(issuer).host
    for (const tenant of DEMO_TENANTS) await this.trust(tenant, issuer)
  }

  private clientOf({ slug, people }: FoundingTenant): EmbeddedClient {
    const id = `gatehouse-${slug}`
    const metadata = async () => {
      const owner = await this.ownerOf({ slug, people })
      const provider = owner && (await this.providerOf(owner))
      const origin = this.parts.publicUrl.origin()
      return {
        ...{
          client_id: id,
          application_type: 'native' as const,
          token_endpoint_auth_method: 'private_key_jwt' as const,
        },
        ...{ jwks: await this.parts.keys.jwks(), token_endpoint_auth_signing_alg: 'ES256' as const },
        redirect_uris: [`${origin}/auth/callback/${provider?.id}`],
        ...{ response_types: ['code' as const], grant_types: ['authorization_code'], require_auth_time: true },
        dpop_bound_access_tokens: provider?.dpop ?? false,
        ...{ require_pushed_authorization_requests: true, backchannel_logout_session_required: true },
        backchannel_logout_uri: `${origin}/auth/backchannel-logout/${provider?.id}`,
      }
    }
    const known = people.flatMap(({ label, name, email }) => (email === null ? [] : [{ sub: label, name, email }]))
    return { id, people: known, metadata }
  }

  /** What an owner would do at their first visit: trust the provider, and prove the domain. Done once, decided like any other. */
  private async trust(tenant: FoundingTenant, issuer: string): Promise<void> {
    const owner = await this.ownerOf(tenant)
    if (!owner) return
    const kept = await this.providerOf(owner)
    if (kept && kept.issuer !== issuer)
      return this.logger.warn(
        `${tenant.slug} trusts ${kept.issuer}, and the embedded identity provider is ${issuer} now`,
      )
    const id = kept?.id ?? (await this.parts.providers.create(owner, providerFor(tenant, issuer))).id
    await this.prove(owner, `${tenant.slug}.example`, id)
  }

  private async prove(owner: Caller, domain: string, provider_id: string): Promise<void> {
    const scope = { tenant: owner.tenantId! }
    const kept = await this.parts.database.inScope(scope, async (tx) => {
      const found = await domainNamed(tx, owner.tenantId!, domain)
      return found && findDomain(tx, found.id)
    })
    const claimed = kept ?? (await this.parts.domains.claim(owner, { domain, provider_id }))
    this.parts.zone.put(claimed.record.name, claimed.record.value)
    if (claimed.verified_at === null) await this.parts.domains.verify(owner, claimed.id)
  }

  /** Whoever may say who is trusted: the owner, at the platform an operator. */
  private async ownerOf({ slug, people }: Pick<FoundingTenant, 'slug' | 'people'>): Promise<Caller | null> {
    const owner = people.find(({ roles }) => roles.includes('owner') || roles.includes('operator'))
    const email = owner?.email
    if (!email) return null
    const pseudonym = await this.parts.database.inScope({ platform: true }, (tx) => pseudonymOf(tx, slug, email))
    return pseudonym === undefined ? null : this.parts.callers.callerOf(pseudonym, randomUUID())
  }

  private providerOf({ tenantId }: Caller) {
    return this.parts.database.inScope({ tenant: tenantId! }, (tx) => providerNamed(tx, tenantId!, SLUG))
  }

  /** The issuer is what accounts are kept under, so the port stays. */
  private async rememberedPort(): Promise<number> {
    try {
      const { issuer } = JSON.parse(await readFile(this.file, 'utf8')) as { issuer: string }
      return Number(new URL(issuer).port)
    } catch {
      return 0
    }
  }

  private get file(): string {
    return join(this.parts.config.dataFolder, FILE)
  }
}

const providerFor = ({ slug }: FoundingTenant, issuer: string) =>
  IdentityProviderCreate.parse({
    ...{ slug: SLUG, name: 'The demo’s own provider', issuer, client_id: `gatehouse-${slug}` },
    ...{ client_auth: 'private_key_jwt', dpop: true, step_up_acr: [TWO_FACTORS], jit: 'link' },
  })
