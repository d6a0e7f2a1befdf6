import { randomUUIDv7 } from 'node:crypto'
import { problem } from '#contract/problems.js'
import type { Caller } from '../platform/http/caller.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { findTenantFacts } from '../identity/caller.repository.js'
import { insertPerson } from '../identity/people.repository.js'
import type { KeptInvitation } from '../identity/invitations.repository.js'
import type { Invited } from '../identity/invited.service.js'
import type { Pseudonyms } from '../identity/pseudonyms.service.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { findAccount, findUnlinked, insertAccount, isAddressTaken, type Someone } from './accounts.repository.js'
import { isProven } from './domains.repository.js'
import { domainOf } from './domains.rules.js'
import type { KnownProvider } from './providers.repository.js'

/** What a provider says of whoever comes from it. */
export interface Vouched {
  readonly subject: string
  readonly email: string | null
  readonly emailVerified: boolean
  readonly name: string | null
}

/** Who was let in, and by which decision. */
export interface Admitted {
  readonly principal_id: string
  readonly decision_id: string
}

export interface AccountsParts {
  readonly database: Database
  readonly gate: GateService
  readonly pseudonyms: Pseudonyms
  readonly invited: Pick<Invited, 'of' | 'join'>
}

/** Who is let in for the first time, and as whom. */
interface Welcomed {
  readonly provider: KnownProvider
  readonly vouched: Vouched
  readonly match: Someone | undefined
  readonly invitation: KeptInvitation | undefined
}

const MAX_NAME = 120

/** Who comes from a provider: somebody known, somebody to be linked or made, or nobody of ours. Policy decides which. */
export class Accounts {
  constructor(private readonly parts: AccountsParts) {}

  /** The person and the decision; linked or made where it is their first time. Raises what the gate refuses. */
  async admit(caller: Caller, provider: KnownProvider, vouched: Vouched): Promise<Admitted> {
    const { gate } = this.parts
    const found = await this.lookUp(provider, vouched)
    const { known, match, domainProven, addressTaken } = found
    const someone = known ?? match
    const invitation = await this.invitationOf(provider, vouched, { needed: !someone && !addressTaken })
    const sign_in = {
      ...{ provider_enabled: provider.enabled, known: known !== undefined, active: someone?.active ?? true },
      ...{ email_verified: vouched.emailVerified, domain_verified: domainProven, matches_person: match !== undefined },
      invited: invitation !== undefined,
      owner: someone?.owner ?? false,
      // Whoever has the address of somebody else is not made beside them.
      jit: provider.jit === 'create' && addressTaken ? ('link' as const) : provider.jit,
    }
    const resource = { kind: 'identity_provider', id: provider.id, tenant_id: provider.tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: provider.tenant_id }
    const permit = gate.requireAllow(
      await gate.decide(
        'session.create',
        { ...adminFacts(caller, resource, { sign_in }), tenant: found.tenant },
        about,
      ),
    )
    const { decisionId: decision_id } = permit
    if (known) return { principal_id: known.principal_id, decision_id }
    const principal_id = await gate
      .write(permit, (tx) => this.welcome(tx, { provider, vouched, match, invitation }))
      .catch((error: unknown) => {
        // Two first sign-ins at once: the other one was faster, and the next finds what it made.
        throw violatedConstraint(error) === undefined ? error : problem('conflict', { cause: error })
      })
    return { principal_id, decision_id }
  }

  private async invitationOf(
    { tenant_id }: KnownProvider,
    { email, emailVerified }: Vouched,
    { needed }: { needed: boolean },
  ) {
    return needed && emailVerified && email !== null ? this.parts.invited.of(tenant_id, email) : undefined
  }

  private lookUp({ tenant_id: tenantId, issuer }: KnownProvider, { subject, email }: Vouched) {
    const domain = email === null ? undefined : domainOf(email)
    return this.parts.database.inScope({ tenant: tenantId }, async (tx) => ({
      tenant: await findTenantFacts(tx, tenantId),
      known: await findAccount(tx, { tenantId, issuer, subject }),
      match: email === null ? undefined : await findUnlinked(tx, { tenantId, issuer, email }),
      domainProven: domain !== undefined && (await isProven(tx, tenantId, domain)),
      addressTaken: email !== null && (await isAddressTaken(tx, tenantId, email)),
    }))
  }

  private async welcome(tx: GovernedTransaction, { provider, vouched, match, invitation }: Welcomed): Promise<string> {
    const principal_id =
      match?.principal_id ??
      (invitation
        ? (await this.parts.invited.join(tx, invitation, vouched.name)).id
        : await this.make(tx, provider, vouched))
    const { id: provider_id, issuer } = provider
    await insertAccount(tx, { id: randomUUIDv7(), provider_id, principal_id, issuer, subject: vouched.subject })
    return principal_id
  }

  private async make(tx: GovernedTransaction, provider: KnownProvider, { name, email }: Vouched): Promise<string> {
    const id = randomUUIDv7()
    await insertPerson(tx, {
      ...{ id, tenant_id: provider.tenant_id, publisher_id: null, kind: 'user' },
      ...{ name: (name ?? email ?? 'Nameless').slice(0, MAX_NAME), email },
      ...{ roles: provider.jit_roles, custom_roles: [], ...this.parts.pseudonyms.of(id), maker: null },
    })
    return id
  }
}
