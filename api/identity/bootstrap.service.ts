import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Logger, type OnApplicationBootstrap } from '@nestjs/common'
import type { Bootstrapped, BootstrapRequest } from '#contract/api/identity.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import { systemCaller } from '../gate/system-actor.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { DEMO_TENANTS } from './demo-tenants.js'
import { insertFounding, isEmptyPlatform } from './founding.repository.js'
import { draftFounding, platformTenant, type Founding, type FoundingTenant } from './founding.rules.js'
import { findKey } from './keys.repository.js'
import { findPerson } from './people.repository.js'
import type { Pseudonyms } from './pseudonyms.service.js'
import { readSecretFile, writeSecretFile } from './secret-file.js'

const TOKEN_BYTES = 32
const sameToken = (given: string, kept: string): boolean => {
  const [a, b] = [given, kept].map((token) => createHash('sha256').update(token).digest()) as [Buffer, Buffer]
  return timingSafeEqual(a, b)
}

export interface BootstrapParts {
  readonly database: Database
  readonly gate: GateService
  readonly pseudonyms: Pseudonyms
  readonly profile: 'embedded' | 'external'
  /** The data folder; secrets go under `keys/` in it. */
  readonly dataFolder: string
}

/** Brings the first people onto an empty platform: demo organisations in the embedded profile, else one owner with a token. */
export class Bootstrap implements OnApplicationBootstrap {
  private readonly logger = new Logger('bootstrap')

  constructor(private readonly parts: BootstrapParts) {}

  /** Where the seeded API keys lie, by label. */
  get demoKeysFile(): string {
    return this.keyFile('demo-keys.json')
  }

  /** Where the one-time token lies until the first owner is made. */
  get tokenFile(): string {
    return this.keyFile('bootstrap.token')
  }

  /** On an empty platform: seeds it, or writes down the one-time token. What fails is logged and tried at the next start. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      if (!(await this.isEmpty())) return
      if (this.parts.profile === 'embedded') await this.seedDemo()
      else await this.writeToken()
    } catch (error) {
      this.logger.error({ error }, 'the empty platform could not be prepared; it is tried again at the next start')
    }
  }

  /**
   * Makes the first owner: somebody of the platform's own organisation who may do everything.
   * Raises what the gate refuses: `admin.bootstrap_closed`, `admin.bootstrap_token_invalid`.
   */
  async firstOwner(correlationId: string, { token, name, email }: BootstrapRequest): Promise<Bootstrapped> {
    const kept = await readSecretFile(this.tokenFile)
    const tokenValid = kept !== null && sameToken(token, kept.trim())
    const founder = { label: 'owner', name, email, roles: ['owner', 'operator'], kind: 'user' } as const
    const founding = this.draft([platformTenant([{ ...founder, roles: [...founder.roles] }])])
    await this.found(founding, { correlationId, tokenValid, keep: async () => undefined })
    await rm(this.tokenFile, { force: true })
    const [person, key] = await this.parts.database.read({ platform: true }, async (tx) => [
      await findPerson(tx, founding.people[0]!.id),
      await findKey(tx, founding.keys[0]!.id),
    ])
    return { person: person!, key: { ...key!, secret: founding.apiKeys['owner']! } }
  }

  private async seedDemo(): Promise<void> {
    const founding = this.draft(DEMO_TENANTS)
    // Written before the commit: keys without rows are overwritten at the next start, rows without keys would be lost.
    const keep = async (): Promise<void> => {
      await writeSecretFile(this.demoKeysFile, `${JSON.stringify(founding.apiKeys, null, 2)}\n`)
      for (const [slug, pem] of Object.entries(founding.signingKeys))
        await writeSecretFile(this.keyFile(`${slug}.publisher.pem`), pem)
    }
    await this.found(founding, { correlationId: randomUUID(), tokenValid: true, keep })
    this.logger.log(`demo organisations are there; their API keys lie in ${this.demoKeysFile}`)
  }

  private async writeToken(): Promise<void> {
    if ((await readSecretFile(this.tokenFile)) === null)
      await writeSecretFile(this.tokenFile, `${randomBytes(TOKEN_BYTES).toString('base64url')}\n`)
    this.logger.log(`nobody is here yet; make the first owner with the one-time token in ${this.tokenFile}`)
  }

  /** Asks the gate and writes everything in one transaction; `keep` stores the secrets before it commits. */
  private async found(
    founding: Founding,
    { correlationId, tokenValid, keep }: { correlationId: string; tokenValid: boolean; keep: () => Promise<void> },
  ): Promise<void> {
    const { gate } = this.parts
    const resource = { kind: 'platform', id: 'platform', tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
    const ask = async () => {
      const bootstrap = { empty: await this.isEmpty(), token_valid: tokenValid }
      const facts = adminFacts(systemCaller(correlationId), resource, { bootstrap })
      return gate.decide('platform.bootstrap', facts, { correlationId, tenantId: PLATFORM_TENANT_ID })
    }
    const permit = gate.requireAllow(await ask())
    try {
      await gate.write(permit, async (tx) => {
        await insertFounding(tx, founding)
        await keep()
      })
    } catch (error) {
      // Somebody else was faster: asked again, the gate says that the platform is set up.
      if (violatedConstraint(error) !== undefined) gate.requireAllow(await ask())
      throw error
    }
  }

  private draft(tenants: readonly FoundingTenant[]): Founding {
    return draftFounding(tenants, (id) => this.parts.pseudonyms.of(id))
  }

  private isEmpty(): Promise<boolean> {
    return this.parts.database.inScope({ platform: true }, isEmptyPlatform)
  }

  private keyFile(name: string): string {
    return join(this.parts.dataFolder, 'keys', name)
  }
}
