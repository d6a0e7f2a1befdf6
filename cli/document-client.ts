import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { Refusal } from '#sdk/client/refusal.js'
import type { Cli } from './command.js'
import { tenantId } from './find-tenant.js'

/** The kinds of document, as their commands and endpoints call them. */
export type Family = 'lists' | 'limits' | 'roles'
/** With those that have no screen of their own. */
export type AnyFamily = Family | 'grouprules' | 'scimschemas' | 'scimmappings'
type Revision = AnswerOf<`${AnyFamily}.show`>
type Body = RequestOf<`${AnyFamily}.set`>['body']

/** Whose documents; the speaker's own organisation's where absent. */
export interface TenantFlag {
  readonly tenant?: string
}
/** The same as a query; an organisation may be named by its slug. */
export const ofTenant = async (cli: Pick<Cli, 'client'>, { tenant }: TenantFlag) =>
  tenant === undefined ? {} : { tenant_id: await tenantId(cli, tenant) }

/** A document at its newest revision; null where there is none of this name. */
export const newest = async (
  { client }: Pick<Cli, 'client'>,
  family: AnyFamily,
  { name, ...flags }: TenantFlag & { name: string },
): Promise<Revision | null> => {
  try {
    return await client.get(`${family}.show`, { params: { name }, query: await ofTenant({ client }, flags) })
  } catch (error) {
    if (error instanceof Refusal && error.problem.code === 'not_found') return null
    throw error
  }
}

/** Writes the next revision after the one that was read; null where there was none. */
export const writeNext = async (
  { client }: Pick<Cli, 'client'>,
  family: AnyFamily,
  {
    name,
    read,
    document,
    why,
    ...flags
  }: TenantFlag & {
    readonly name: string
    readonly read: Revision | null
    readonly document: unknown
    readonly why: string
  },
): Promise<Revision> => {
  // The service holds the document to its form, and names each wrong field.
  const body = { document, why, revision: read?.revision ?? 0 } as Body
  return client.get(`${family}.set`, {
    params: { name },
    query: await ofTenant({ client }, flags),
    body,
  } as RequestOf<`${AnyFamily}.set`>)
}
