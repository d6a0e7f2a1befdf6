import { randomUUIDv7 } from 'node:crypto'
import type { Person } from '#contract/api/identity.js'
import type { InvitationAccept, InvitationAccepted } from '#contract/api/invitations.js'
import { problem } from '#contract/problems.js'
import type { Scope } from '#contract/scopes.js'
import { adminFacts, type AdminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { hashKey, matchesHash, newApiKey, prefixOf } from './api-key.rules.js'
import { CallerRepository, findTenantFacts } from './caller.repository.js'
import { heldRoles } from './held-roles.js'
import { nameTaken } from './identity-rows.rules.js'
import {
  hasProvider,
  invitationByPrefix,
  invitationOf,
  takeInvitation,
  type KeptInvitation,
} from './invitations.repository.js'
import { beyondInviter } from './invitations.rules.js'
import { insertKey } from './keys.repository.js'
import { insertPerson } from './people.repository.js'
import type { Pseudonyms } from './pseudonyms.service.js'
import { rightsOf, scopesAnywhere, scopesOf } from './scopes.rules.js'
import { insertMember } from './workspaces/members.repository.js'

/** An invitation that is being taken. */
interface Taken {
  readonly invitation: KeptInvitation
  readonly name: string | null
  readonly local_account?: AdminFacts['local_account']
}

export interface InvitedParts {
  readonly database: Database
  readonly gate: GateService
  readonly pseudonyms: Pseudonyms
}

/** Whoever was invited joins: by a token here, or by signing in. What the inviter lost meanwhile, they no longer give. */
export class Invited {
  constructor(private readonly parts: InvitedParts) {}

  /**
   * Joins by token: the person, and a first key. Raises `request.invalid` for a token of none, `conflict` and `already_exists`
   * where somebody was faster, and what the gate refuses.
   */
  async accept(caller: Caller, { token, name }: InvitationAccept): Promise<InvitationAccepted> {
    const invitation = await this.byToken(token)
    const { secret, prefix, hash } = newApiKey()
    return this.take(caller, { invitation, name: name ?? null }, async (tx, person, scopes) => {
      const key = await insertKey(tx, {
        ...{
          id: randomUUIDv7(),
          tenant_id: person.tenant_id,
          principal_id: person.id,
          name: 'first key',
          prefix,
          hash,
        },
        ...{ scopes, expires_at: null, issuer: makerOfInvited(invitation) },
      })
      return { person, key: { ...key, secret } }
    })
  }

  /**
   * Joins with something of one's own to sign in by, which `keep` writes, where the organisation allows it. Raises as `accept`.
   */
  async joinWith(
    caller: Caller,
    part: { readonly invitation: KeptInvitation; readonly name: string | null; readonly allowed: boolean },
    keep: (tx: GovernedTransaction, principalId: string) => Promise<void>,
  ): Promise<Person> {
    const local_account = { allowed: part.allowed, active: true, proven: true, owner: false }
    return this.take(caller, { ...part, local_account }, async (tx, person) => {
      await keep(tx, person.id)
      return person
    })
  }

  private async take<T>(
    caller: Caller,
    { invitation, name, local_account }: Taken,
    work: (tx: GovernedTransaction, person: Person, scopes: Scope[]) => Promise<T>,
  ): Promise<T> {
    const { database, gate } = this.parts
    const { id, tenant_id } = invitation
    const [tenant, provided] = await database.inScope({ tenant: tenant_id }, async (tx) => [
      await findTenantFacts(tx, tenant_id),
      await hasProvider(tx, tenant_id),
    ])
    const { scopes, inviterMay } = await this.weigh(invitation)
    const facts = { open: invitation.state === 'open', inviter_may: inviterMay, provider: provided }
    const parts = { invitation: facts, ...(local_account && { local_account }) }
    const resource = { kind: 'invitation', id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    const permit = gate.requireAllow(
      await gate.decide('invitation.accept', { ...adminFacts(caller, resource, parts), tenant }, about),
    )
    return gate
      .write(permit, async (tx) => work(tx, await this.join(tx, invitation, name), scopes))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  /** The open invitation of an address that a provider vouches for, while the inviter may still give what it gives. */
  async of(tenantId: string, email: string): Promise<KeptInvitation | undefined> {
    const found = await this.parts.database.inScope({ tenant: tenantId }, (tx) => invitationOf(tx, { tenantId, email }))
    return found && (await this.weigh(found)).inviterMay ? found : undefined
  }

  /** Makes the person of an invitation and takes it, once. Raises `conflict` where somebody was faster. */
  async join(tx: GovernedTransaction, invitation: KeptInvitation, name: string | null) {
    const { tenant_id, email, roles, custom_roles } = invitation
    const id = randomUUIDv7()
    const person = await insertPerson(tx, {
      ...{ id, tenant_id, publisher_id: null, kind: 'user', name: (name ?? invitation.name ?? email).slice(0, 120) },
      ...{ email, roles, custom_roles, ...this.parts.pseudonyms.of(id), maker: makerOfInvited(invitation) },
    })
    if (!(await takeInvitation(tx, invitation, id))) throw problem('conflict')
    for (const { workspace_id: workspaceId, roles: there } of invitation.in_workspaces)
      // oxlint-disable-next-line no-await-in-loop -- One connection runs one statement at a time.
      await insertMember(tx, { id: randomUUIDv7(), workspaceId, principalId: id, roles: there })
    return person
  }

  /** The invitation of a token, whatever became of it. Raises `request.invalid` for a token of none. */
  async byToken(token: string): Promise<KeptInvitation> {
    const prefix = prefixOf(token, 'invitation')
    const found =
      prefix && (await this.parts.database.inScope({ platform: true }, (tx) => invitationByPrefix(tx, prefix)))
    if (found && matchesHash(hashKey(token), Buffer.from(found.hash))) return found
    throw problem('request.invalid', {
      errors: [{ pointer: '/token', detail: 'is of no invitation; ask for it to be sent again' }],
    })
  }

  private async weigh(invitation: KeptInvitation) {
    const { database } = this.parts
    const scope = { tenant: invitation.tenant_id }
    const inviter = await new CallerRepository(database).principal(invitation.invited_by)
    const given = scopesOf(await heldRoles({ database, scope }, invitation, 'all'))
    const { in_workspaces } = invitation
    const held = await heldRoles({ database, scope }, invitation)
    const there = Object.fromEntries(in_workspaces.map(({ workspace_id, roles }) => [workspace_id, roles]))
    const scopes = scopesAnywhere({ ...held, in_workspaces: there })
    const beyond = inviter && beyondInviter({ scopes: given, in_workspaces }, rightsOf(inviter))
    return { scopes, inviterMay: beyond?.length === 0 }
  }
}

/** Whoever invited made the person: four eyes are held against them. */
const makerOfInvited = ({ invited_by, invited_with }: KeptInvitation) => ({ person: invited_by, key: invited_with })
