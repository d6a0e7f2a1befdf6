import { z } from 'zod'
import { text } from '../primitives.js'

/** The parts of an organisation's archive, in the order in which they come. */
export const EXPORT_SECTIONS = [
  'organisation',
  'workspaces',
  'workspace_members',
  'people',
  'keys',
  'credentials',
  'invitations',
  'documents',
  'policy_drafts',
  'policies',
  'identity_providers',
  'accounts',
  'domains',
  'sessions',
  'scim_connections',
  'scim_users',
  'scim_groups',
  'scim_members',
  'scim_log',
  'publishers',
  'publisher_keys',
  'extensions',
  'versions',
  'installs',
  'consents',
  'secrets',
  'subscriptions',
  'runtime_tokens',
  'standing',
  'kv',
  'events',
  'deliveries',
  'logs',
  'metrics',
  'usage',
  'approvals',
  'votes',
  'kills',
  'executions',
  'agent_decisions',
  'decisions',
] as const
export type ExportSection = (typeof EXPORT_SECTIONS)[number]

/** The first line of an archive names its format. */
export const EXPORT_FORMAT = 'gatehouse-organisation/1'

/** Which page of an archive. Without a cursor: the first one. */
export const OrganisationExportQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(500).describe('Most rows on a page'),
  cursor: z.string().max(2_000).optional().describe('next_cursor of the page before'),
})
export type OrganisationExportQuery = z.infer<typeof OrganisationExportQuery>

/** Rows of one section, oldest first; `next_cursor` is null after the last section. */
export const OrganisationExportPage = z.strictObject({
  section: z.enum(EXPORT_SECTIONS),
  rows: z.array(z.record(text(100), z.unknown())).describe('As docs/identity/organisations.md says; bytes are base64'),
  next_cursor: z.string().nullable(),
})
export type OrganisationExportPage = z.infer<typeof OrganisationExportPage>
