import { writeFile } from 'node:fs/promises'
import { readVerifier, verifyReceipt } from '#sdk/audit/index.js'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { EXIT, table } from '../output.js'
import { UsageError } from '../usage-error.js'

const list = run(async ({ client, output }: Cli, query: { extension?: string; outcome?: never; limit?: never }) => {
  output.result(await client.get('executions.list', { query }), ({ items }) =>
    table(
      ['execution', 'started', 'extension', 'endpoint', 'outcome', 'status', 'fuel'],
      items.map((one) => [one.id, one.started_at, one.extension, one.endpoint, one.outcome, one.status, one.fuel]),
    ),
  )
})

const described = (one: AnswerOf<'executions.show'>): string =>
  table(
    ['what', 'value'],
    Object.entries(one).map(([name, value]) => [name, value]),
  )

const show = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('executions.show', { params: { id } }), described)
})

/** The proof is checked here, against the checkpoint's signature; the service is not taken at its word. */
const receipt = run(async ({ client, output }: Cli, flags: { verifier?: string[]; out?: string }, id: string) => {
  const given = await client.get('executions.receipt', { params: { id } })
  const verifiers = flags.verifier ?? (await client.get('ledger.keys', {})).keys.map(({ verifier }) => verifier)
  for (const key of flags.verifier ?? []) demandKey(key)
  const report = verifyReceipt(given, verifiers)
  if (!report.proven) process.exitCode = EXIT.refused
  if (flags.out !== undefined) await written(flags.out, given)
  output.result({ ...report, ...given }, () =>
    [
      report.proven ? `Proven: ${report.detail}` : `NOT proven: ${report.detail}`,
      ...Object.entries(given.receipt).map(([name, value]) => `  ${name.padEnd(17)} ${String(value)}`),
      ...(flags.out === undefined
        ? []
        : [`Wrote ${flags.out}; verify it anywhere: gatehouse audit receipt ${flags.out}`]),
    ].join('\n'),
  )
})

const demandKey = (key: string): void => {
  try {
    readVerifier(key)
  } catch (error) {
    throw new UsageError(`--verifier ${key.slice(0, 40)}: ${(error as Error).message}`)
  }
}

const written = (path: string, given: object): Promise<void> =>
  writeFile(path, `${JSON.stringify(given)}\n`, { mode: 0o600 }).catch((error: Error) => {
    throw new UsageError(`--out ${path} cannot be written: ${error.message}`)
  })

const said = ({ what, at, recorded, replayed }: NonNullable<AnswerOf<'executions.replay'>['difference']>): string =>
  `Different in ${what}${at === null ? '' : ` ${at}`}: recorded ${recorded ?? 'none'}, now ${replayed ?? 'none'}`

const replay = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  const replayed = await client.get('executions.replay', { params: { id } })
  if (replayed.verdict !== 'identical') process.exitCode = EXIT.refused
  output.result(replayed, ({ difference, engine, host_calls, fuel, decisions }) =>
    [
      difference ? said(difference) : 'Identical',
      `  ${host_calls} host calls, ${fuel} fuel, ${decisions.equal} of ${decisions.of} decisions equal`,
      ...(engine.same ? [] : [`  by another engine: then ${engine.recorded}, now ${engine.replayed}`]),
    ].join('\n'),
  )
})

/** `gatehouse execution list|show|receipt|replay`. */
export const executions: Registration = (parent) => {
  const group = parent.command('execution').description('What ran: executions and their receipts')
  group
    .command('list')
    .description('Executions, newest first')
    .option('--extension <extension>', 'only of this extension')
    .option('--outcome <outcome>', 'only those that ended so')
    .option('--limit <n>', 'how many', '20')
    .action(list)
  group.command('show <execution>').description('One execution: what it used and how it ended').action(show)
  group
    .command('receipt <execution>')
    .description('Proof of what ran, under which policy and with what outcome; checked here')
    .option('--verifier <key...>', 'key that you trust, in verifier form; those that the service names where absent')
    .option('--out <file>', 'write the receipt, to be verified elsewhere')
    .action(receipt)
  group
    .command('replay <execution>')
    .description('Run a recorded execution again, without effects; says identical, or the first difference')
    .action(replay)
}
