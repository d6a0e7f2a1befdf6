import { open, readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ExecutionReceipt } from '#contract/api/invocations.js'
import {
  readVerifier,
  verifyCheckpoint,
  verifyExport,
  verifyInclusion,
  verifyReceipt,
  type AuditReport,
} from '#sdk/audit/index.js'
import { AUDIT_SOURCES } from '#contract/vocabulary.js'
import type { Command } from 'commander'
import { run, type Cli, type Registration } from '../command.js'
import { personId } from '../find-person.js'
import { pastMoment } from '../moments.js'
import { EXIT, table } from '../output.js'
import { UsageError } from '../usage-error.js'

interface VerifyFlags {
  readonly verifier?: string[]
  readonly previous?: string
}

interface ListFlags {
  readonly person?: string
  readonly source?: string
  readonly action?: string
  readonly outcome?: string
  readonly since?: string
  readonly until?: string
  readonly limit?: string
  readonly cursor?: string
}

/** By what the list itself shows of people, an id, or an address. */
const personNamed = (cli: Pick<Cli, 'client'>, named: string): string | Promise<string> =>
  named.startsWith('u_') ? named : personId(cli, named)

const queryOf = async (cli: Pick<Cli, 'client'>, { person, since, until, ...flags }: ListFlags) =>
  ({
    ...flags,
    ...(person !== undefined && { person: await personNamed(cli, person) }),
    ...(since !== undefined && { since: pastMoment('--since', since) }),
    ...(until !== undefined && { until: pastMoment('--until', until) }),
  }) as never

const list = run(async (cli: Cli, flags: ListFlags) => {
  const query = await queryOf(cli, flags)
  cli.output.result(await cli.client.get('audit.list', { query }), ({ items, next_cursor }) =>
    [
      table(
        ['at', 'source', 'who', 'did', 'outcome', 'from', 'decision'],
        items.map((each) => [
          ...[each.at, each.source, each.name ?? each.actor, each.did, each.outcome],
          ...[[each.from.kind, each.from.name].filter(Boolean).join(' '), each.decision_id],
        ]),
      ),
      ...(next_cursor === null ? [] : [`Next: --cursor ${next_cursor}`]),
    ].join('\n'),
  )
})

const FILE_FORMATS = ['ledger', 'jsonl', 'csv']

const exported = async (
  cli: Pick<Cli, 'client'>,
  { format = 'ledger', ...flags }: ListFlags & { readonly format?: string } = {},
): Promise<Readable> => {
  if (!FILE_FORMATS.includes(format)) throw new UsageError(`--format ${format}: ${FILE_FORMATS.join(', ')}`)
  const { body } =
    format === 'ledger'
      ? await cli.client.send('ledger.export', {})
      : await cli.client.send('audit.export', { query: { ...((await queryOf(cli, flags)) as object), format } })
  if (!body) throw new Error('the export came without a body')
  return Readable.fromWeb(body as never)
}

/** The keys to trust, once each of them is one: a mistyped key is a wrong call, not a log that fails. */
const trustedKeys = (given: string[] | undefined): string[] | undefined => {
  for (const key of given ?? []) {
    try {
      readVerifier(key)
    } catch (error) {
      throw new UsageError(`--verifier ${key.slice(0, 40)}: ${(error as Error).message}`)
    }
  }
  return given
}

/** Opens an export on disk, or asks the service for a fresh one. */
const source = async (client: () => Cli['client'], path: string | undefined): Promise<Readable> => {
  if (!path) return exported({ client: client() })
  try {
    return (await open(path)).createReadStream()
  } catch (error) {
    throw new UsageError(`FILE ${path} cannot be read: ${(error as Error).message}`)
  }
}

const checkpointIn = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError(`--previous ${path} cannot be read: ${error.message}`)
  })

const report = (verified: AuditReport): string =>
  [
    verified.ok
      ? `Verified: ${verified.size} leaves of ${verified.origin}`
      : `NOT verified; first changed: ${verified.first_tampered ?? 'unknown'}`,
    `  ${verified.recomputed} computed again from their rows, ${verified.sealed} known by hash alone`,
    ...(verified.gone > 0 ? [`  ${verified.gone} kept no longer, as the log says; their leaves are whole`] : []),
    `  ${verified.unsequenced.length} durable and not in the log yet${verified.unsequenced.length > 0 ? `: ${verified.unsequenced.join(', ')}` : ''}`,
    ...verified.findings.map(({ fault, ids, detail }) => `  ${fault} ${ids.join(', ')}: ${detail}`),
  ].join('\n')

const exportTo = run(async ({ client, output }: Cli, flags: ListFlags & { format: string }, file: string) => {
  // Opened first: where it can't be written, the log needn't be asked for.
  const handle = await open(file, 'w', 0o600).catch((error: Error) => {
    throw new UsageError(`FILE ${file} cannot be written: ${error.message}`)
  })
  const into = handle.createWriteStream()
  await pipeline(await exported({ client }, flags), into)
  output.result({ file, bytes: into.bytesWritten }, () => `Wrote ${into.bytesWritten} bytes to ${file}`)
})

const verify = run(async (cli: Cli, flags: VerifyFlags, file?: string) => {
  const verifiers = trustedKeys(flags.verifier)
  const lines = createInterface({ input: await source(() => cli.client, file), crlfDelay: Infinity })
  const verified = await verifyExport(lines, {
    ...(verifiers && { verifiers }),
    ...(flags.previous && { previous: await checkpointIn(flags.previous) }),
  })
  if (!verified.ok) process.exitCode = EXIT.refused
  cli.output.result(verified, report)
})

/** The proof is checked here, against the checkpoint's signature; the service is not taken at its word. */
const prove = run(async ({ client, output }: Cli, flags: VerifyFlags, entry: string) => {
  const proof = await client.get('ledger.inclusion', { query: { entry } })
  const verifiers =
    trustedKeys(flags.verifier) ?? (await client.get('ledger.keys', {})).keys.map(({ verifier }) => verifier)
  const { size, root } = verifyCheckpoint(proof.checkpoint, verifiers)
  const bytes = (base64: string): Uint8Array => Buffer.from(base64, 'base64')
  const leaf = { hash: bytes(proof.leaf_hash), index: proof.leaf_index }
  const proven = verifyInclusion(leaf, { size, root }, proof.proof.map(bytes))
  if (!proven) process.exitCode = EXIT.refused
  output.result({ proven, ...proof }, () =>
    [
      proven ? `Proven: ${entry} is leaf ${leaf.index} of ${size}` : `NOT proven: the path does not lead to the root`,
      ...proof.proof.map((hash) => `  ${hash}`),
      proof.checkpoint,
    ].join('\n'),
  )
})

const receiptIn = async (path: string): Promise<ExecutionReceipt> => {
  try {
    return ExecutionReceipt.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    throw new UsageError(`FILE ${path} is not a receipt of an execution: ${(error as Error).message}`)
  }
}

/** Asks nobody: the file, and keys that whoever verifies it trusts. */
const receipt = run(async ({ output }: Cli, { verifier }: { verifier: string[] }, file: string) => {
  const given = await receiptIn(file)
  const verified = verifyReceipt(given, trustedKeys(verifier) ?? [])
  if (!verified.proven) process.exitCode = EXIT.refused
  output.result({ ...verified, receipt: given.receipt }, ({ proven, detail }) =>
    proven ? `Proven: ${detail}` : `NOT proven: ${detail}`,
  )
})

const withFilters = (command: Command): Command =>
  command
    .option('--person <person>', 'who acted or was acted on, by id, address or pseudonym')
    .option('--source <source>', AUDIT_SOURCES.join(', '))
    .option('--action <action>', 'such as person.update')
    .option('--outcome <outcome>', 'allow, deny, hold, unavailable; of SCIM done, refused, failed')
    .option('--since <time>', 'at that time or later: 2026-01-31, or how long ago, such as 30d')
    .option('--until <time>', 'before that time')

/** `gatehouse audit list|export|verify|prove|receipt`. */
export const audit: Registration = (parent) => {
  const group = parent.command('audit').description('The ledger and its proofs')
  const verifier = '--verifier <key...>'
  const trusted = 'key that you trust, in verifier form; those that the service names where absent'
  withFilters(group.command('list').description('Who did what, from where, under which decision; newest first'))
    .option('--limit <n>', 'how many', '20')
    .option('--cursor <cursor>', 'next_cursor of the page before')
    .action(list)
  withFilters(
    group
      .command('export <file>')
      .description('Write the whole log with all that an offline verifier needs, or the list as JSON lines or CSV'),
  )
    .option('--format <format>', 'ledger (the whole log; filters are for the others), jsonl or csv', 'ledger')
    .action(exportTo)
  group
    .command('verify [file]')
    .description(
      'Verify an export, or the live log: every leaf, the tree, the signature; names the first row that was changed',
    )
    .option(verifier, trusted)
    .option('--previous <file>', 'a checkpoint kept from earlier, which the log must still contain')
    .action(verify)
  group
    .command('prove <entry>')
    .description('Proof that a decision is in the log, checked here')
    .option(verifier, trusted)
    .action(prove)
  group
    .command('receipt <file>')
    .description('Verify the receipt of an execution, without asking the service')
    .requiredOption(verifier, 'key that you trust, in verifier form')
    .action(receipt)
}
