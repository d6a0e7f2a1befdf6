import { open, type FileHandle } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { EXPORT_FORMAT } from '#contract/api/organisation-export.js'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli } from '../command.js'
import { findTenant } from '../find-tenant.js'
import { ArchiveSum, checkArchive, lineOf, type ArchiveLine } from '../organisation-archive.js'
import { EXIT, table } from '../output.js'
import { UsageError } from '../usage-error.js'

/** Where an archive stands: what is in it so far, and the page that comes next. */
interface Standing {
  readonly sum: ArchiveSum
  /** Undefined before the first page; null after the last one. */
  readonly cursor: string | null | undefined
  /** Bytes up to the last whole page. */
  readonly bytes: number
}
const NOTHING = (): Standing => ({ sum: new ArchiveSum(), cursor: undefined, bytes: 0 })

/** Reads an archive that broke off, up to its last whole page. Raises UsageError where there is nothing to go on with. */
const standingOf = async (file: FileHandle, name: string, organisation: string): Promise<Standing> => {
  let standing: Standing | undefined
  let pending: [string, ArchiveLine][] = []
  let bytes = 0
  const sum = new ArchiveSum()
  for await (const text of createInterface({
    input: file.createReadStream({ autoClose: false }),
    crlfDelay: Infinity,
  })) {
    const line = lineOf(text)
    if (line === null) break
    if ('manifest' in line) throw new UsageError(`--resume ${name}: it is whole already`)
    if ('format' in line && line.organisation !== organisation)
      throw new UsageError(`--resume ${name}: it is of the organisation ${line.organisation}`)
    pending.push([text, line])
    bytes += Buffer.byteLength(text) + 1
    if (!('page' in line)) continue
    for (const each of pending) sum.add(...each)
    pending = []
    standing = { sum, cursor: line.page.next_cursor, bytes }
  }
  if (!standing) throw new UsageError(`--resume ${name}: no page of an archive is in it; leave --resume out`)
  return standing
}

/** The lines of an archive from where it stands on. */
async function* archive({ client }: Pick<Cli, 'client'>, id: string, { sum, cursor: start }: Standing) {
  const line = (value: ArchiveLine): string => {
    const text = JSON.stringify(value)
    if (!('manifest' in value)) sum.add(text, value)
    return `${text}\n`
  }
  if (start === undefined) yield line({ format: EXPORT_FORMAT, organisation: id, at: new Date().toISOString() })
  for (let cursor = start; cursor !== null;) {
    const query = { limit: 500, ...(cursor !== undefined && { cursor }) }
    const page: AnswerOf<'tenants.export'> = await client.get('tenants.export', { params: { id }, query })
    const { section, rows, next_cursor } = page
    for (const row of rows) yield line({ section, row })
    yield line({ section, page: { next_cursor } })
    cursor = next_cursor
  }
  yield line({ manifest: sum.manifest() })
}

const intoFile = async (cli: Cli, id: string, { to, resume }: { to: string; resume: boolean }): Promise<void> => {
  const file = await open(to, resume ? 'r+' : 'wx', 0o600).catch((error: Error) => {
    throw new UsageError(`FILE ${to} cannot be written: ${error.message}`)
  })
  try {
    const standing = resume ? await standingOf(file, to, id) : NOTHING()
    await file.truncate(standing.bytes)
    let at = standing.bytes
    for await (const text of archive(cli, id, standing)) at += (await file.write(text, at)).bytesWritten
    await file.sync()
    cli.output.result({ file: to, bytes: at, ...standing.sum.manifest() }, () => `Wrote ${at} bytes to ${to}`)
  } finally {
    await file.close()
  }
}

interface ExportFlags {
  readonly to?: string
  readonly resume?: string
}

const exportAll = run(async (cli: Cli, { to, resume }: ExportFlags, named: string) => {
  if (to !== undefined && resume !== undefined) throw new UsageError('name one of --to FILE and --resume FILE')
  const { id } = await findTenant(cli, named)
  const file = to ?? resume
  if (file !== undefined) return intoFile(cli, id, { to: file, resume: resume !== undefined })
  for await (const text of archive(cli, id, NOTHING())) cli.surroundings.answer(text)
})

const check = run(async ({ output }: Cli, _flags: object, name: string) => {
  const file = await open(name).catch((error: Error) => {
    throw new UsageError(`FILE ${name} cannot be read: ${error.message}`)
  })
  const report = await checkArchive(createInterface({ input: file.createReadStream(), crlfDelay: Infinity }))
  if (report.faults.length > 0) process.exitCode = EXIT.refused
  output.result(report, ({ organisation, rows, faults }) =>
    [
      faults.length === 0 ? `Whole: the archive of ${organisation}` : 'NOT as it was written:',
      ...faults.map((fault) => `  ${fault}`),
      table(
        ['section', 'rows'],
        Object.entries(rows).map(([section, count]) => [section, String(count)]),
      ),
    ].join('\n'),
  )
})

/** `gatehouse organisations export|check-export`: all that an organisation has, in a file that can be held against its digests. */
export const organisationExport = (group: Command): void => {
  group
    .command('export <organisation>')
    .description('All that it has, without secrets, as JSON lines; to a file, or to where the output goes')
    .option('--to <file>', 'a file that is not there yet')
    .option('--resume <file>', 'a file whose export broke off: go on after its last whole page')
    .action(exportAll)
  group
    .command('check-export <file>')
    .description('Hold an exported file against its own digests; no service is asked')
    .action(check)
}
