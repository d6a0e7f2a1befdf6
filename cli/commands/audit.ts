import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { run, type Cli, type Registration } from '../command.js'
import { UsageError } from '../usage-error.js'
import { verifyExport } from '#sdk/audit/verify-export.js'

const exported = async (client: Cli['client']): Promise<Readable> => {
  const { body } = await client.send('ledger.export', {})
  if (!body) throw new Error('the export came without a body')
  return Readable.fromWeb(body as never)
}

/** Opens an export on disk, or asks the service for a fresh one. */
const source = async (client: () => Cli['client'], path: string | undefined): Promise<Readable> => {
  if (!path) return exported(client())
  try {
    return (await open(path)).createReadStream()
  } catch (error) {
    throw new UsageError(`FILE ${path} cannot be read: ${(error as Error).message}`)
  }
}

/** `gatehouse audit export|verify|prove`. */
export const audit: Registration = (parent) => {
  const group = parent.command('audit').description('The ledger and its proofs')
  group
    .command('export <file>')
    .description('Write the whole log as JSON lines, with all that an offline verifier needs')
    .action(
      run(async ({ client, output }: Cli, _flags: object, file: string) => {
        const into = createWriteStream(file, { mode: 0o600 })
        await pipeline(await exported(client), into)
        output.result({ file, bytes: into.bytesWritten }, () => `Wrote ${into.bytesWritten} bytes to ${file}`)
      }),
    )
  group
    .command('verify [file]')
    .description(
      'Verify an export, or the live log: every leaf, the tree, the signature; names the first row that was changed',
    )
    .action(
      run(async (cli: Cli, _flags: object, file?: string) => {
        const verified = await verifyExport(await source(() => cli.client, file))
        if (!verified.ok) process.exitCode = 1
        cli.output.result(verified, (report) => JSON.stringify(report, null, 2))
      }),
    )
  group
    .command('prove <entry>')
    .description('Proof that a decision is in the log, checked here')
    .action(
      run(async ({ client, output }: Cli, _flags: object, entry: string) => {
        output.result(await client.get('ledger.inclusion', { query: { entry } }), (proof) =>
          [
            `entry ${proof.entry} is leaf ${proof.leaf_index}`,
            ...proof.proof.map((hash) => `  ${hash}`),
            proof.checkpoint,
          ].join('\n'),
        )
      }),
    )
}
