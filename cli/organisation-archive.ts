import { createHash, type Hash } from 'node:crypto'
import { z } from 'zod'
import { EXPORT_FORMAT, EXPORT_SECTIONS } from '#contract/api/organisation-export.js'

const Counted = z.strictObject({ rows: z.int().nonnegative(), sha256: z.string() })
type Counted = z.infer<typeof Counted>

/** What ends an archive: rows and digest of each section, and the digest of everything before it. */
export const ArchiveManifest = z.strictObject({
  sections: z.partialRecord(z.enum(EXPORT_SECTIONS), Counted),
  sha256: z.string(),
})
export type ArchiveManifest = z.infer<typeof ArchiveManifest>

/** One line of an archive. `page` follows the rows of one answer, and says how to go on. */
export const ArchiveLine = z.union([
  z.strictObject({ format: z.literal(EXPORT_FORMAT), organisation: z.string(), at: z.string() }),
  z.strictObject({ section: z.enum(EXPORT_SECTIONS), row: z.record(z.string(), z.unknown()) }),
  z.strictObject({ section: z.enum(EXPORT_SECTIONS), page: z.strictObject({ next_cursor: z.string().nullable() }) }),
  z.strictObject({ manifest: ArchiveManifest }),
])
export type ArchiveLine = z.infer<typeof ArchiveLine>

/** Adds an archive up, line by line: what was written, or what is read. */
export class ArchiveSum {
  private readonly whole = createHash('sha256')
  private readonly sections = new Map<string, { rows: number; hash: Hash }>()

  /** Takes a line, without its line feed. */
  add(text: string, line: ArchiveLine): void {
    const bytes = `${text}\n`
    this.whole.update(bytes)
    if (!('section' in line)) return
    const section = this.sections.get(line.section) ?? { rows: 0, hash: createHash('sha256') }
    this.sections.set(line.section, section)
    if (!('row' in line)) return
    section.rows += 1
    section.hash.update(bytes)
  }

  /** What it comes to so far. */
  manifest(): ArchiveManifest {
    const sections = [...this.sections].map(([name, { rows, hash }]) => [
      ...[name, { rows, sha256: hash.copy().digest('hex') } satisfies Counted],
    ])
    return { sections: Object.fromEntries(sections), sha256: this.whole.copy().digest('hex') }
  }
}

/** What an archive holds, and what is wrong with it. */
export interface ArchiveReport {
  readonly organisation: string | null
  readonly rows: Readonly<Record<string, number>>
  readonly faults: readonly string[]
}

/** Reads an archive to its end and holds it against its manifest. */
export const checkArchive = async (lines: AsyncIterable<string>): Promise<ArchiveReport> => {
  const sum = new ArchiveSum()
  const faults: string[] = []
  let organisation: string | null = null
  let given: ArchiveManifest | null = null
  let nth = 0
  for await (const text of lines) {
    nth += 1
    const line = lineOf(text)
    if (line === null) faults.push(`line ${nth} is none of an archive`)
    else if (given !== null) faults.push(`line ${nth} comes after the manifest`)
    else if ('manifest' in line) given = line.manifest
    else {
      if ('format' in line) organisation = line.organisation
      sum.add(text, line)
    }
  }
  const found = sum.manifest()
  if (organisation === null) faults.push('it does not begin with its format')
  if (given === null) faults.push('it has no manifest: it is not whole')
  else faults.push(...differences(given, found))
  return { organisation, rows: mapRows(found), faults }
}

/** A line as parsed; null where it is none. */
export const lineOf = (text: string): ArchiveLine | null => {
  try {
    return ArchiveLine.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const mapRows = ({ sections }: ArchiveManifest): Record<string, number> =>
  Object.fromEntries(Object.entries(sections).map(([name, { rows }]) => [name, rows]))

const differences = (given: ArchiveManifest, found: ArchiveManifest): string[] => [
  ...EXPORT_SECTIONS.flatMap((name) => {
    const [a, b] = [given.sections[name], found.sections[name]]
    return a?.rows === b?.rows && a?.sha256 === b?.sha256
      ? []
      : [`section ${name} has ${b?.rows ?? 0} rows and another digest than its ${a?.rows ?? 0} in the manifest`]
  }),
  ...EXPORT_SECTIONS.filter((name) => !given.sections[name]).map((name) => `section ${name} is missing`),
  ...(given.sha256 === found.sha256 ? [] : ['its digest is another one than the manifest says']),
]
