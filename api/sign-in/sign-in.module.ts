import { Module } from '@nestjs/common'
import { GateService } from '../gate/gate.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { IdentityModule } from '../identity/identity.module.js'
import { Invited } from '../identity/invited.service.js'
import { Pseudonyms } from '../identity/pseudonyms.service.js'
import { Attempts } from '../platform/attempts/attempts.service.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { EgressClient } from '../platform/http/egress.client.js'
import { HostResolver } from '../platform/http/host-resolver.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { keyEncryptionKey } from '../platform/keys/sealed-secret.js'
import { Accounts } from './accounts.service.js'
import { AuthController } from './auth.controller.js'
import { BackchannelController } from './backchannel.controller.js'
import { Backchannel } from './backchannel.service.js'
import { CommandGrants } from './command-grants.service.js'
import { txtLookUp } from './dns.js'
import { DomainRecheck } from './domain-recheck.js'
import { Domains } from './domains.service.js'
import { EmbeddedSignIn, EmbeddedZone, type EmbeddedPlace } from './embedded/embedded-sign-in.js'
import { CredentialsController } from './local-accounts/credentials.controller.js'
import { Door } from './local-accounts/door.js'
import { LocalAccountsController } from './local-accounts/local-accounts.controller.js'
import { localAccountProviders } from './local-accounts/local-accounts.providers.js'
import { OAuthController } from './oauth.controller.js'
import { ClientKeys } from './openid/client-keys.js'
import type { Wall } from './openid/guarded-fetch.js'
import { RelyingParty } from './openid/relying-party.js'
import { ProvidersController } from './providers.controller.js'
import { Providers } from './providers.service.js'
import { PublicUrl } from '../platform/http/public-url.js'
import { ClientAuthentication } from './service-accounts/client-authentication.js'
import { ServiceAccountsController } from './service-accounts/service-accounts.controller.js'
import { ServiceAccounts } from './service-accounts/service-accounts.service.js'
import { ServiceTokens } from './service-accounts/service-tokens.service.js'
import { FederatedIdentities } from './service-accounts/workload/identities.service.js'
import { IssuerKeys } from './service-accounts/workload/issuer-keys.js'
import { SubjectTokens } from './service-accounts/workload/subject-tokens.js'
import { SamlController } from './saml/saml.controller.js'
import { ServiceProvider } from './saml/service-provider.js'
import { SigningCertificates } from './saml/signing-certificates.js'
import { SessionsController } from './sessions.controller.js'
import type { SessionLimits } from './sessions.repository.js'
import { Sessions } from './sessions.service.js'
import { SignIn } from './sign-in.service.js'
import { TokensController } from './tokens.controller.js'

const LIMITS = Symbol('SESSION_LIMITS')
const WALL = Symbol('ISSUER_WALL')
const PLACE = Symbol('EMBEDDED_PROVIDER_PLACE')
/** Seconds that a command's token counts until it is refreshed. */
const ACCESS_S = 900

/** Signing in by identity providers: the browser's way, the command's, and sessions. */
@Module({
  imports: [IdentityModule],
  controllers: [
    ProvidersController,
    SessionsController,
    AuthController,
    SamlController,
    OAuthController,
    TokensController,
    BackchannelController,
    ServiceAccountsController,
    LocalAccountsController,
    CredentialsController,
  ],
  providers: [
    ...localAccountProviders,
    EmbeddedZone,
    { provide: PLACE, useFactory: (): EmbeddedPlace => ({ at: null }) },
    {
      provide: LIMITS,
      inject: [CONFIG],
      useFactory: ({ SESSION_IDLE_MINUTES, SESSION_HOURS }: Config): SessionLimits => ({
        idle: SESSION_IDLE_MINUTES * 60,
        absolute: SESSION_HOURS * 3600,
        access: ACCESS_S,
      }),
    },
    {
      provide: WALL,
      inject: [CONFIG, PLACE],
      useFactory: ({ GATEHOUSE_EGRESS_PRIVATE_HOSTS }: Config, place: EmbeddedPlace): Wall => ({
        resolver: new HostResolver(GATEHOUSE_EGRESS_PRIVATE_HOSTS),
        sender: new EgressClient(),
        own: () => place.at,
      }),
    },
    {
      provide: ClientKeys,
      inject: [KeyFiles],
      useFactory: (keys: KeyFiles) => new ClientKeys(keys.rotating('sign_in')).prepare(),
    },
    {
      provide: RelyingParty,
      inject: [ClientKeys, WALL],
      useFactory: (keys: ClientKeys, wall: Wall) => new RelyingParty({ keys, wall }),
    },
    {
      provide: ServiceProvider,
      inject: [KeyFiles, WALL, PublicUrl],
      useFactory: async (keys: KeyFiles, wall: Wall, publicUrl: PublicUrl) => {
        const certificates = await new SigningCertificates(keys.rotating('saml')).prepare()
        return new ServiceProvider({ certificates, wall, publicUrl })
      },
    },
    {
      provide: Providers,
      inject: [Database, GateService, Callers, RelyingParty, ServiceProvider, KeyFiles],
      useFactory: async (
        ...[database, gate, callers, relyingParty, serviceProvider, keys]: [
          ...[Database, GateService, Callers, RelyingParty, ServiceProvider, KeyFiles],
        ]
      ) => {
        const kek = keyEncryptionKey((await keys.secret('secrets')).export())
        return new Providers({ database, gate, callers, relyingParty, serviceProvider, kek })
      },
    },
    {
      provide: Domains,
      inject: [Database, GateService, EmbeddedZone, CONFIG],
      useFactory: (database: Database, gate: GateService, zone: EmbeddedZone, { GATEHOUSE_DNS_SERVERS }: Config) =>
        new Domains({ database, gate, lookUp: zone.over(txtLookUp(GATEHOUSE_DNS_SERVERS)) }),
    },
    {
      provide: DomainRecheck,
      inject: [Domains],
      useFactory: (domains: Domains) => new DomainRecheck(domains),
    },
    {
      provide: Sessions,
      inject: [Database, GateService, Callers, LIMITS],
      useFactory: (database: Database, gate: GateService, callers: Callers, limits: SessionLimits) =>
        new Sessions({ database, gate, callers, limits }),
    },
    {
      provide: SignIn,
      inject: [
        Database,
        GateService,
        Pseudonyms,
        Invited,
        Providers,
        RelyingParty,
        ServiceProvider,
        Sessions,
        PublicUrl,
        Attempts,
        Door,
      ],
      useFactory: (
        ...[
          database,
          gate,
          pseudonyms,
          invited,
          providers,
          relyingParty,
          serviceProvider,
          sessions,
          publicUrl,
          attempts,
          door,
        ]: [
          ...[
            Database,
            GateService,
            Pseudonyms,
            Invited,
            Providers,
            RelyingParty,
            ServiceProvider,
            Sessions,
            PublicUrl,
            Attempts,
            Door,
          ],
        ]
      ) => {
        const accounts = new Accounts({ database, gate, pseudonyms, invited })
        return new SignIn({
          ...{ database, providers, relyingParty, serviceProvider, accounts, sessions, publicUrl, attempts, door },
        })
      },
    },
    {
      provide: CommandGrants,
      inject: [Database, Sessions, Callers, PublicUrl, LIMITS, Attempts],
      useFactory: (
        ...[database, sessions, callers, publicUrl, limits, attempts]: [
          ...[Database, Sessions, Callers, PublicUrl, SessionLimits, Attempts],
        ]
      ) => new CommandGrants({ database, sessions, callers, publicUrl, limits, attempts }),
    },
    {
      provide: ServiceAccounts,
      inject: [Database, GateService, Callers, Pseudonyms],
      useFactory: (database: Database, gate: GateService, callers: Callers, pseudonyms: Pseudonyms) =>
        new ServiceAccounts({ database, gate, callers, pseudonyms }),
    },
    {
      provide: ServiceTokens,
      inject: [Database, GateService, PublicUrl, RelyingParty, WALL],
      useFactory: (
        ...[database, gate, publicUrl, relyingParty, wall]: [Database, GateService, PublicUrl, RelyingParty, Wall]
      ) => {
        const clients = new ClientAuthentication({ database, publicUrl })
        const subjects = new SubjectTokens({ database, keys: new IssuerKeys({ relyingParty, wall }) })
        return new ServiceTokens({ database, gate, clients, subjects })
      },
    },
    {
      provide: FederatedIdentities,
      inject: [Database, GateService, Callers, RelyingParty, PublicUrl],
      useFactory: (
        ...[database, gate, callers, relyingParty, publicUrl]: [
          ...[Database, GateService, Callers, RelyingParty, PublicUrl],
        ]
      ) => new FederatedIdentities({ database, gate, callers, relyingParty, publicUrl }),
    },
    {
      provide: Backchannel,
      inject: [Database, Providers, RelyingParty, Sessions, WALL],
      useFactory: (
        ...[database, providers, relyingParty, sessions, wall]: [Database, Providers, RelyingParty, Sessions, Wall]
      ) => new Backchannel({ database, providers, relyingParty, sessions, wall }),
    },
    {
      provide: EmbeddedSignIn,
      inject: [CONFIG, Database, Callers, Providers, Domains, ClientKeys, PublicUrl, EmbeddedZone, PLACE],
      useFactory: (
        ...[config, database, callers, providers, domains, keys, publicUrl, zone, place]: [
          ...[Config, Database, Callers, Providers, Domains, ClientKeys, PublicUrl, EmbeddedZone, EmbeddedPlace],
        ]
      ) => new EmbeddedSignIn({ config, database, callers, providers, domains, keys, publicUrl, zone, place }),
    },
  ],
})
export class SignInModule {}
