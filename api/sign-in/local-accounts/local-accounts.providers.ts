import { Logger, type Provider } from '@nestjs/common'
import { ApprovalMailer } from '../../approvals/approval-mailer.js'
import { GateService } from '../../gate/gate.service.js'
import { Invited } from '../../identity/invited.service.js'
import { Attempts } from '../../platform/attempts/attempts.service.js'
import { Database } from '../../platform/database/database.service.js'
import { KeyFiles } from '../../platform/keys/key-files.js'
import { keyEncryptionKey, type KeyEncryptionKey } from '../../platform/keys/sealed-secret.js'
import { PublicUrl } from '../../platform/http/public-url.js'
import { Sessions } from '../sessions.service.js'
import { PasswordHasher } from './argon2.js'
import { Door } from './door.js'
import { KnownBrowsers } from './known-browsers.js'
import { LocalSessions } from './local-sessions.js'
import { OwnCredentials } from './own-credentials.service.js'
import { PasskeySignIn } from './passkey-sign-in.service.js'
import { PasswordSignIn } from './password-sign-in.service.js'
import { PasswordTokens } from './password-tokens.service.js'

const logger = new Logger('local-accounts')
const KEK = Symbol('LOCAL_ACCOUNTS_KEK')

/** What signing in by passwords and passkeys is made of. */
export const localAccountProviders: Provider[] = [
  { provide: PasswordHasher, useFactory: () => new PasswordHasher() },
  {
    provide: KEK,
    inject: [KeyFiles],
    useFactory: async (keys: KeyFiles) => keyEncryptionKey((await keys.secret('secrets')).export()),
  },
  { provide: KnownBrowsers, inject: [KEK], useFactory: (kek: KeyEncryptionKey) => new KnownBrowsers(kek) },
  {
    provide: Door,
    inject: [Database, GateService],
    useFactory: (database: Database, gate: GateService) => new Door({ database, gate }),
  },
  {
    provide: LocalSessions,
    inject: [Database, Door, Sessions],
    useFactory: (database: Database, door: Door, sessions: Sessions) => new LocalSessions({ database, door, sessions }),
  },
  {
    provide: PasswordSignIn,
    inject: [Database, GateService, Attempts, PasswordHasher, KEK, KnownBrowsers, Door, LocalSessions],
    useFactory: (
      ...[database, gate, attempts, hasher, kek, known, door, sessions]: [
        ...[Database, GateService, Attempts, PasswordHasher, KeyEncryptionKey, KnownBrowsers, Door, LocalSessions],
      ]
    ) => new PasswordSignIn({ database, gate, attempts, hasher, kek, known, door, sessions }),
  },
  {
    provide: PasskeySignIn,
    inject: [Database, Attempts, PublicUrl, KnownBrowsers, LocalSessions],
    useFactory: (
      ...[database, attempts, publicUrl, known, sessions]: [Database, Attempts, PublicUrl, KnownBrowsers, LocalSessions]
    ) => new PasskeySignIn({ database, attempts, publicUrl, known, sessions }),
  },
  {
    provide: OwnCredentials,
    inject: [Database, GateService, Sessions, PasswordHasher, KEK, PublicUrl],
    useFactory: (
      ...[database, gate, sessions, hasher, kek, publicUrl]: [
        ...[Database, GateService, Sessions, PasswordHasher, KeyEncryptionKey, PublicUrl],
      ]
    ) => new OwnCredentials({ database, gate, sessions, hasher, kek, publicUrl }),
  },
  {
    provide: PasswordTokens,
    inject: [
      ...[Database, GateService, ApprovalMailer, Attempts, Invited, PasswordHasher, PublicUrl, Door, LocalSessions],
      Sessions,
    ],
    useFactory: (
      ...[database, gate, mailer, attempts, invited, hasher, publicUrl, door, accounts, sessions]: [
        ...[Database, GateService, ApprovalMailer, Attempts, Invited, PasswordHasher, PublicUrl, Door, LocalSessions],
        Sessions,
      ]
    ) =>
      new PasswordTokens({
        ...{ database, gate, mailer, attempts, invited, hasher, publicUrl, door, accounts, sessions },
        onFault: (error) => logger.error({ error }, 'whoever forgot their password could not be written to'),
      }),
  },
]
