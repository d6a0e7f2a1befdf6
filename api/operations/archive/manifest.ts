import { z } from 'zod'

/** Format of the archives that this release writes and reads. */
export const FORMAT = 'gatehouse.backup.v1'
/** The archive's last entry: what came before it, so that a cut archive has none. */
export const MANIFEST = 'manifest.json'
/** Where tables lie in the archive. */
export const DATABASE_FOLDER = 'database'

/** Parts of a data folder that a backup holds. What else is there is made anew: the server's files, caches, the address. */
export const KEPT_FOLDERS = ['keys', 'blobs', 'policies', 'journal'] as const

const segment = '[A-Za-z0-9_][A-Za-z0-9._-]*'
const TABLE_PART = /^database\/[a-z_]+\/\d{6}\.copy$/
const KEPT_FILE = new RegExp(`^(${KEPT_FOLDERS.join('|')})(/${segment})+$`)

/** Whether an archive may hold a file of this name: no traversal, nothing hidden, nothing outside the parts that are kept. */
export const isArchivePath = (path: string): boolean => TABLE_PART.test(path) || KEPT_FILE.test(path)

/** Entry of the nth part (from 1) of a table. */
export const partPath = (table: string, part: number): string =>
  `${DATABASE_FOLDER}/${table}/${String(part).padStart(6, '0')}.copy`

const count = z.number().int().nonnegative()
const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const ArchivedFile = z.strictObject({ path: z.string().refine(isArchivePath), size: count, sha256 })
const ArchivedTable = z.strictObject({ name, columns: z.array(name).min(1), rows: count, parts: count })
const ArchivedSequence = z.strictObject({ name, last: z.string().regex(/^-?\d+$/) })
const Migration = z.strictObject({ name: z.string(), checksum: sha256 })
/** The ledger's head: number of leaves, and their root in hex. */
const LedgerHead = z.strictObject({ size: count, root: sha256 })

/** What an archive holds, all of it. */
export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  created_at: z.iso.datetime(),
  migrations: z.array(Migration).min(1),
  tables: z.array(ArchivedTable),
  sequences: z.array(ArchivedSequence),
  ledger: LedgerHead,
  files: z.array(ArchivedFile),
})
export type Manifest = z.infer<typeof Manifest>
export type ArchivedFile = z.infer<typeof ArchivedFile>
export type ArchivedTable = z.infer<typeof ArchivedTable>
export type ArchivedSequence = z.infer<typeof ArchivedSequence>
export type LedgerHead = z.infer<typeof LedgerHead>
export type Migration = z.infer<typeof Migration>
