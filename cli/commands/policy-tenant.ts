import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import {
  checkTenantPolicy,
  goldenSamples,
  readPolicyFolder,
  reportLines,
  type CheckReport,
} from '#engine/author/index.js'
import { shippedBundleFolder } from '#engine/bundle.js'
import { Refusal } from '#sdk/client/refusal.js'
import { whole } from '../chosen.js'
import { run, type Cli } from '../command.js'
import { EXIT, table } from '../output.js'
import { policyTool, type WallFlags } from '../policy-tool.js'
import {
  changedInWords,
  changeInWords,
  draftInWords,
  regoInWords,
  statusInWords,
  whatIfInWords,
} from '../tenant-policy-words.js'
import { UsageError } from '../usage-error.js'

const RULES = 'tenant.rego'
const TESTS = 'tenant_test.rego'

/** Rules and tests in a folder; a folder without tests has none. Raises UsageError where there are no rules. */
async function readSources(folder: string): Promise<{ source: string; tests: string }> {
  if (!existsSync(join(folder, RULES)))
    throw new UsageError(`DIR ${folder} has no ${RULES}: write the package tenant there`)
  const text = (name: string) => readFile(join(folder, name), 'utf8')
  return { source: await text(RULES), tests: existsSync(join(folder, TESTS)) ? await text(TESTS) : '' }
}

/** The draft's version; null where there is no draft yet. */
const versionThere = (client: Cli['client']): Promise<number | null> =>
  client.get('restrictions.draft', {}).then(
    ({ version }) => version,
    (error: unknown) => {
      if (error instanceof Refusal && error.problem.code === 'not_found') return null
      throw error
    },
  )

const show = run(async ({ client, output }: Cli) => {
  const found = await client.get('restrictions.show', {})
  if (!found.follows) process.exitCode = EXIT.refused
  output.result(found, statusInWords)
})

const history = run(async ({ client, output }: Cli) => {
  output.result(await client.get('restrictions.history', {}), ({ activations }) =>
    table(
      ['no.', 'at', 'what', 'module', 'by', 'reason'],
      activations.map(({ seq, at, kind, module, by, reason }) => [seq, at, kind, module ?? 'nothing', by, reason]),
    ),
  )
})

const draft = run(async ({ client, output }: Cli) => {
  output.result(await client.get('restrictions.draft', {}), (there) =>
    [draftInWords(there), regoInWords(there)].join('\n'),
  )
})

const change = run(async ({ client, output }: Cli, _flags: object, number: string) => {
  const shown = await client.get('restrictions.activation', { params: { seq: numberOf('CHANGE', number) } })
  output.result(shown, changeInWords)
})

const check = run(async ({ output }: Cli, flags: WallFlags, folder: string) => {
  const sources = await readSources(folder)
  const samples = goldenSamples(await readPolicyFolder(dirname(shippedBundleFolder())))
  const { report } = await checkTenantPolicy(sources, { tool: await policyTool(output, flags), samples })
  if (!report.ok) process.exitCode = EXIT.refused
  output.result(report, (said) => reportLines(said).join('\n'))
})

const push = run(async ({ client, output }: Cli, _flags: object, folder: string) => {
  const sources = await readSources(folder)
  const body = { ...sources, version: await versionThere(client) }
  output.result(await client.get('restrictions.write', { body }), draftInWords)
})

/** Where sources are pulled from: the draft, or what came in force with a change. */
async function pulled(client: Cli['client'], change: string | undefined): Promise<{ source: string; tests: string }> {
  if (change === undefined) return client.get('restrictions.draft', {})
  const seq = numberOf('--change', change)
  const { source, tests } = await client.get('restrictions.activation', { params: { seq } })
  if (source === null) throw new UsageError(`--change ${change} took everything out of force: it has no Rego`)
  return { source, tests: tests ?? '' }
}

const pull = run(async ({ client, output }: Cli, flags: { change?: string; overwrite?: boolean }, folder: string) => {
  const { source, tests } = await pulled(client, flags.change)
  const there = [RULES, TESTS].filter((name) => existsSync(join(folder, name)))
  if (there.length > 0 && !flags.overwrite)
    throw new UsageError(`DIR ${folder} already has ${there.join(', ')}: name another folder, or give --overwrite`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, RULES), source)
  await writeFile(join(folder, TESTS), tests)
  output.result({ folder: resolve(folder), files: [RULES, TESTS] }, ({ folder: where }) =>
    [`${RULES} and ${TESTS} are in ${where}`, `Next: edit them, then gatehouse policy tenant push ${folder}`].join(
      '\n',
    ),
  )
})

/** Exit code 1 where the checks refuse. */
const verify = run(async ({ client, output }: Cli) => {
  const { version } = await client.get('restrictions.draft', {})
  const checked = await client.get('restrictions.check', { body: { version } })
  if (checked.checks?.ok !== true) process.exitCode = EXIT.refused
  output.result(checked, (draft) =>
    [
      ...reportLines(draft.checks as CheckReport),
      ...whatIfInWords(draft),
      draft.checks?.ok
        ? 'Next: gatehouse policy tenant activate --reason WHY'
        : 'Next: mend what is named, gatehouse policy tenant push DIR, and verify again',
    ].join('\n'),
  )
})

const activate = run(async ({ client, output }: Cli, { reason }: { reason: string }) => {
  const { version } = await client.get('restrictions.draft', {})
  const reply = await client.call('restrictions.activate', { body: { version, reason } })
  if (reply.kind === 'held') output.held(reply)
  else output.result(reply.answer, changedInWords)
})

const numberOf = (flag: string, text: string): number =>
  whole(flag, text, { remedy: 'gatehouse policy tenant history lists the numbers of changes' })

const rollback = run(async ({ client, output }: Cli, { reason, to }: { reason: string; to?: string }) => {
  const body = to === undefined ? { reason } : { to: numberOf('--to', to), reason }
  output.result(await client.get('restrictions.rollback', { body }), changedInWords)
})

const REASON = ['--reason <text>', 'why; goes on record'] as const

/** `gatehouse policy tenant …`: the restrictions that an organisation puts on top of the platform's policy, for itself. */
export const policyTenant = (policy: Command): void => {
  const group = policy
    .command('tenant')
    .description("What your organisation adds to the platform's policy: it can deny and hold, never permit")
  group.command('show').description('What is in force, and how the draft stands').action(show)
  group.command('history').description('When what came in force, by whom and why').action(history)
  group.command('draft').description('The draft, with its Rego').action(draft)
  group.command('change <number>').description('One change, with the Rego that came in force by it').action(change)
  group
    .command('check <dir>')
    .description(`Check ${RULES} and ${TESTS} here, without a service; exit 1 where they are refused`)
    .option('--weak-isolation', 'also where the operating system walls nothing in; only for Rego that you trust')
    .action(check)
  group.command('push <dir>').description(`Write ${RULES} and ${TESTS} of a folder as the draft`).action(push)
  group
    .command('pull <dir>')
    .description('Write the draft into a folder')
    .option('--change <number>', 'what came in force with this change instead')
    .option('--overwrite', 'replace what lies there')
    .action(pull)
  group
    .command('verify')
    .description(
      "Run the service's checks on the draft, and ask it about your past decisions; exit 1 where they refuse",
    )
    .action(verify)
  group
    .command('activate')
    .description('Put the draft in force; a second person of your organisation must agree')
    .requiredOption(...REASON)
    .action(activate)
  group
    .command('rollback')
    .description('Go back to what was in force before; works also while the restrictions refuse everything')
    .option('--to <number>', 'to what came in force with this change; 0 for nothing')
    .requiredOption(...REASON)
    .action(rollback)
}
