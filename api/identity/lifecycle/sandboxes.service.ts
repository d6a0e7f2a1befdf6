import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { SandboxCreate, SandboxCreated } from '#contract/api/identity.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { insertRevision } from '../../documents/documents.repository.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Caller } from '../../platform/http/caller.js'
import { newApiKey } from '../api-key.rules.js'
import { makerOf, nameTaken } from '../identity-rows.rules.js'
import { insertKey } from '../keys.repository.js'
import { countSandboxes, insertTenant } from '../organisations.repository.js'
import { insertWorkspace } from '../workspaces/workspaces.repository.js'
import { insertPerson } from '../people.repository.js'
import type { Pseudonyms } from '../pseudonyms.service.js'
import { scopesOf } from '../scopes.rules.js'
import { SANDBOX_PEOPLE, sandboxDocuments } from './sandbox.rules.js'

const DAY_MS = 86_400_000
const SLUG_BYTES = 5

export interface SandboxParts {
  readonly database: Pick<Database, 'read'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'write'>
  readonly pseudonyms: Pick<Pseudonyms, 'of'>
  /** Days until a sandbox ends, where none are named. */
  readonly days: number
}

interface Wanted {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly until: string
}

/** Organisations to try things in. They are as any other, and end by themselves. */
export class Sandboxes {
  constructor(private readonly parts: SandboxParts) {}

  /** Makes a sandbox with people, keys and samples, all of it or nothing. Raises `already_exists`, and what the gate refuses. */
  async make(caller: Caller, { slug, name, days = this.parts.days }: SandboxCreate): Promise<SandboxCreated> {
    const { database, gate } = this.parts
    const id = randomUUIDv7()
    const others = await database.read({ platform: true }, countSandboxes)
    // An organisation that does not exist yet is the platform's matter.
    const resource = { kind: 'tenant', id, tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
    const facts = adminFacts(caller, resource, { sandbox: { lasts_s: (days * DAY_MS) / 1000, others } })
    const about = { correlationId: caller.correlationId, tenantId: PLATFORM_TENANT_ID }
    const permit = gate.requireAllow(await gate.decide('tenant.sandbox', facts, about))
    const wanted = {
      ...{ id, name, slug: slug ?? `sandbox-${randomBytes(SLUG_BYTES).toString('hex')}` },
      until: new Date(Date.now() + days * DAY_MS).toISOString(),
    }
    return gate
      .write(permit, (tx) => this.insert(tx, caller, wanted))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  private async insert(tx: GovernedTransaction, caller: Caller, wanted: Wanted): Promise<SandboxCreated> {
    const { id, slug, name, until } = wanted
    const tenant = await insertTenant(tx, { id, slug, name, sandbox_until: until })
    const workspace = await insertWorkspace(tx, {
      ...{ id: randomUUIDv7(), tenant_id: id, slug: 'default', name: 'Default' },
    })
    const people: SandboxCreated['people'] = []
    for (const each of SANDBOX_PEOPLE) people.push(await this.addPerson(tx, { caller, wanted, each }))
    const documents = sandboxDocuments(caller.actor.id)
    for (const { kind, name: called, document } of documents)
      await insertRevision(tx, {
        ...{ id: randomUUIDv7(), tenantId: id, kind, name: called, document },
        ...{ revision: 1, why: 'a sample of the sandbox', by: caller.actor.id, reverts_to: null },
      })
    return { tenant, workspace, people, documents: documents.map(({ kind, name: called }) => ({ kind, name: called })) }
  }

  private async addPerson(
    tx: GovernedTransaction,
    { caller, wanted, each }: { caller: Caller; wanted: Wanted; each: (typeof SANDBOX_PEOPLE)[number] },
  ): Promise<SandboxCreated['people'][number]> {
    const id = randomUUIDv7()
    const roles = [each.role]
    const maker = makerOf(caller)
    const person = await insertPerson(tx, {
      ...{ id, tenant_id: wanted.id, publisher_id: null, kind: 'user', name: each.name, roles, custom_roles: [] },
      ...{ email: `${each.role}@${wanted.slug}.example`, ...this.parts.pseudonyms.of(id), maker },
    })
    const { secret, prefix, hash } = newApiKey()
    const key = await insertKey(tx, {
      ...{ id: randomUUIDv7(), tenant_id: wanted.id, principal_id: id, name: 'sandbox', prefix, hash },
      ...{ scopes: scopesOf({ roles, custom_scopes: [] }), expires_at: wanted.until, issuer: maker },
    })
    return { person, key: { ...key, secret } }
  }
}
