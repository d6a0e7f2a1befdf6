import type { z } from 'zod'
import type { ScimSchemaDocument } from '#contract/api/scim-schemas.js'
import type { Actor, common } from '#contract/decisions/common.js'
import type { Scope, WorkspaceRole } from '#contract/scopes.js'
import type { ScimQuirks, SESSION_CLIENTS } from '#contract/vocabulary.js'
import type { Trace } from './trace-context.rules.js'

/** Who asks, as the decision input names them. */
export type ActorFacts = z.infer<typeof Actor>

/** The caller's organisation as the decision input names it: `tenant` of every gate. */
export type TenantFacts = z.infer<(typeof common)['tenant']>

/** Of an extension that runs elsewhere: the install that it speaks for, and the most that it may do. */
export interface RuntimeGrant {
  readonly installId: string
  readonly workspaceId: string
  readonly extension: string
  /** The version that the token was minted for. */
  readonly digest: string
  readonly permissions: readonly string[]
}

/** Of a SCIM connection: what its organisation chose for it, and the token that was used. */
export interface ScimGrant {
  readonly connectionId: string
  readonly tokenId: string
  readonly quirks: ScimQuirks
  /** It may take over people who are here already. */
  readonly mayAdopt: boolean
  /** What the token asks for is rolled back. */
  readonly preview: boolean
  /** What its organisation laid down that people have beyond RFC 7643. */
  readonly schemas: readonly ScimSchemaDocument[]
}

/** What somebody holds within one workspace. */
export interface HeldInWorkspace {
  readonly roles: readonly WorkspaceRole[]
  readonly scopes: readonly Scope[]
}

/** What holds a session. */
export type SessionClient = (typeof SESSION_CLIENTS)[number]

/** Who sent a request. An anonymous caller has neither principal nor tenant. */
export interface Caller {
  readonly principalId: string | null
  readonly keyId: string | null
  readonly tenantId: string | null
  /** Status and standing of that tenant, at most a second old. */
  readonly tenant: TenantFacts
  readonly actor: ActorFacts
  /** What they hold within single workspaces of their organisation, by its id; absent where that is nothing. */
  readonly inWorkspaces?: Readonly<Record<string, HeldInWorkspace>>
  /** Joins the request, its decisions, executions and log lines. */
  readonly correlationId: string
  /** What its runtime token lets it do; absent where it came with a key, or with none. */
  readonly runtime?: RuntimeGrant
  /** The connection that it came by; absent where it came with anything but a token of one. */
  readonly scim?: ScimGrant
  /** The session that it came with; absent where it came with a key. */
  readonly session?: { readonly id: string; readonly client: SessionClient }
  /** Absent where no request stands behind it. */
  readonly trace?: Trace
}

const anonymous: ActorFacts = {
  kind: 'anonymous',
  id: 'anonymous',
  tenant_id: null,
  publisher_id: null,
  roles: [],
  scopes: [],
  platform: false,
  step_up: false,
}

/** The caller of a public endpoint that came without credentials. */
export const anonymousCaller = (correlationId: string): Caller => ({
  principalId: null,
  keyId: null,
  tenantId: null,
  tenant: null,
  actor: anonymous,
  correlationId,
})
