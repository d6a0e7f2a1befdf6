import { z } from 'zod'
import { Digest, Instant, Uuid, text } from '../primitives.js'
import { GATES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

/** A source's path below the policy's root, such as `governance/call/call.rego`, `cases/call/quota.yaml` or `platform.json`. */
export const SourcePath = z
  .string()
  .max(200)
  .regex(
    new RegExp(
      `^(platform\\.json|governance(/[a-z0-9][a-z0-9_-]*)+\\.rego|cases/(${GATES.join('|')})/[a-z0-9][a-z0-9_-]*\\.yaml)$`,
    ),
    {
      error:
        'must be platform.json, a .rego file below governance/ or a .yaml file in the folder of a gate below cases/, with plain lower-case names',
    },
  )

/** Most files of a policy, and most UTF-16 units of one. */
export const MAX_FILES = 500
const SourceText = text(256 * 1024)
const Sources = z
  .record(SourcePath, SourceText)
  .refine((files) => Object.keys(files).length <= MAX_FILES, { error: `must have at most ${MAX_FILES} files` })

/** Commit of the working tree that the sources came from. */
const SourceCommit = z.string().regex(/^[0-9a-f]{7,64}$/, { error: 'must be the hash of a commit' })
const Version = z.int().positive().describe('The draft as it was read; another one meanwhile is a conflict')

/** Begins a draft from a revision, or from files given whole. */
export const DraftCreate = z.strictObject({
  name: text(100, 1),
  base: Digest.optional().describe('A sealed revision or the shipped one; what is in force where absent'),
  files: Sources.optional().describe('All sources; those of the base where absent'),
  source_commit: SourceCommit.optional(),
})
export type DraftCreate = z.infer<typeof DraftCreate>

/** Replaces every file of a draft, as a push from a working tree does. */
export const DraftPush = z.strictObject({ files: Sources, source_commit: SourceCommit.optional(), version: Version })
export type DraftPush = z.infer<typeof DraftPush>

/** Writes one file. */
export const DraftWrite = z.strictObject({ text: SourceText, version: Version })
/** Which state of a draft an action is about. */
export const DraftVersion = z.strictObject({ version: Version })
/** `keep`: files changed on both sides that stay as the draft has them, since that holds both changes by now. */
export const DraftRebase = z.strictObject({ version: Version, keep: z.array(SourcePath).max(1000).default([]) })
export const DraftVersionQuery = z.strictObject({ version: z.coerce.number().pipe(Version) })

/** One file of a draft. */
export const DraftFile = z.strictObject({ path: SourcePath, text: z.string(), version: Version })

/** What the checks found, each with where it is and what to do. */
const Finding = z.object({
  stage: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
  rule: z.string().nullable(),
  message: z.string(),
  remedy: z.string(),
})

/** The checks of a draft, in their order. A stage that did not run never counts as passed. */
export const PolicyChecks = z.object({
  ok: z.boolean().describe('No stage that ran found anything'),
  skipped: z
    .array(z.string())
    .default([])
    .describe('Stages that could not run, such as regal where it is not installed'),
  coverage: z.number().nullable().describe('Percent of the lines outside tests, not rounded'),
  stages: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['passed', 'failed', 'not_run']),
      detail: z.string(),
      findings: z.array(Finding),
      ms: z.number(),
    }),
  ),
})
export type PolicyChecks = z.infer<typeof PolicyChecks>

/** Policy in the making. */
export const PolicyDraft = z.strictObject({
  id: Uuid,
  name: z.string(),
  state: z.enum(['open', 'sealed', 'discarded']),
  base_revision: Digest,
  base_in_force: z.boolean().describe('The base still decides; where it does not, rebase before you seal'),
  files: z.array(z.strictObject({ path: SourcePath, digest: Digest })),
  source_commit: z.string().nullable(),
  checks: PolicyChecks.nullable().describe('The last run'),
  checked: z.boolean().describe('The last run was on exactly these files'),
  sealed_revision: Digest.nullable(),
  created_by: z.string(),
  decision_id: Uuid,
  version: Version,
  created_at: Instant,
  updated_at: Instant,
})
export type PolicyDraft = z.infer<typeof PolicyDraft>

/** A draft among others. */
export const DraftSummary = PolicyDraft.omit({ files: true, checks: true })
export const DraftPage = pageOf(DraftSummary)
export const DraftQuery = z.strictObject(pageQuery)
export type DraftQuery = z.infer<typeof DraftQuery>

const Change = z.object({ id: z.string(), change: z.enum(['added', 'removed', 'changed']) }).loose()

/** What differs from the base, by file and by meaning. */
export const DraftDiff = z.object({
  files: z.array(
    z.object({ path: z.string(), change: z.enum(['added', 'removed', 'changed']), patch: z.string().nullable() }),
  ),
  meaning: z
    .object({
      entrypoints: z.array(Change),
      rules: z.array(Change),
      reasons: z.array(Change),
      data: z.array(Change),
    })
    .nullable()
    .describe('Null where a side cannot be read; faults say why'),
  faults: z.array(Finding.omit({ stage: true })),
})
