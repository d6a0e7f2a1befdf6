import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import { Uuid } from '#contract/primitives.js'
import type { WhatIfRun, WhatIfStart } from '#contract/api/what-if-runs.js'
import { collect } from '../chosen.js'
import { run, type Cli } from '../command.js'
import { findRevision, looksLikeRevision } from '../find-revision.js'
import { tenantId } from '../find-tenant.js'
import { milliseconds, pastMoment } from '../moments.js'
import { EXIT, table } from '../output.js'
import { UsageError } from '../usage-error.js'
import { whatIfInWords } from '../what-if-words.js'

/** How long is waited between two looks, in milliseconds: at first, and at most. */
const [FIRST_LOOK_MS, NEXT_LOOK_MS] = [250, 1_000]

interface Flags {
  readonly since?: string
  readonly until?: string
  readonly limit?: string
  readonly tenant?: string
  readonly maxFlips?: string
  readonly maxFlipsPercent?: string
  readonly maxFlipsOf?: string[]
}

const moment = (flag: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : pastMoment(flag, value)

const number = (flag: string, value: string | undefined): number | undefined => {
  if (value === undefined) return undefined
  const parsed = Number(value)
  if (value.trim() !== '' && Number.isFinite(parsed) && parsed >= 0) return parsed
  throw new UsageError(`${flag} ${value} is no number`)
}

const perRule = (given: readonly string[] | undefined): Record<string, number> | undefined =>
  given &&
  Object.fromEntries(
    given.map((each) => {
      const [rule = '', most] = each.split('=')
      if (most === undefined)
        throw new UsageError(`--max-flips-of ${each}: write RULE=N, such as call.quota_exceeded=10`)
      return [rule, number('--max-flips-of', most)!]
    }),
  )

const defined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never

const startOf = async (cli: Cli, flags: Flags): Promise<WhatIfStart> => {
  const budget = defined({
    max_flips: number('--max-flips', flags.maxFlips),
    max_flips_percent: number('--max-flips-percent', flags.maxFlipsPercent),
    per_rule: perRule(flags.maxFlipsOf),
  })
  return defined({
    since: moment('--since', flags.since),
    until: moment('--until', flags.until),
    limit: number('--limit', flags.limit),
    tenant: await tenantId(cli, flags.tenant),
    budget: Object.keys(budget).length > 0 ? budget : undefined,
  })
}

const begin = async ({ client }: Cli, candidate: string, body: WhatIfStart): Promise<WhatIfRun> => {
  if (Uuid.safeParse(candidate).success) return client.get('whatifs.startDraft', { params: { id: candidate }, body })
  if (!looksLikeRevision(candidate))
    throw new UsageError(`CANDIDATE ${candidate} is neither the id of a draft nor a revision (sha256: and 64 digits)`)
  const revision = await findRevision({ client }, 'CANDIDATE', candidate)
  return client.get('whatifs.startRevision', { params: { revision }, body })
}

/** Watches a run until it has ended or nobody waits for that; how far it is goes to stderr. */
const watch = async ({ client, output, surroundings: { left } }: Cli, begun: WhatIfRun): Promise<WhatIfRun> => {
  let [found, told] = [begun, '']
  const goesOn = (): boolean => found.ended_at === null && !found.follow && !left.aborted
  for (let wait = FIRST_LOOK_MS; goesOn(); wait = Math.min(2 * wait, NEXT_LOOK_MS)) {
    const line =
      found.state === 'waiting'
        ? 'waits for its turn'
        : `${found.decisions.toLocaleString('en')} decisions, ${found.flips.toLocaleString('en')} flips`
    if (line !== told) output.note((told = line))
    await delay(wait, undefined, { signal: left }).catch(() => undefined)
    found = await client.get('whatifs.show', { params: { id: begun.id } })
  }
  return found
}

/** Exit code 1 where it did not come to a report, or one over its budget. */
const ended = ({ output }: Cli, found: WhatIfRun): void => {
  if ((found.state !== 'done' && !found.follow) || found.fault !== null || found.verdict?.within === false)
    process.exitCode = EXIT.refused
  output.result(found, whatIfInWords)
}

const whatIf = run(async (cli: Cli, flags: Flags, candidate: string) => {
  const begun = await begin(cli, candidate, await startOf(cli, flags))
  cli.output.note(`what-if ${begun.id}, which goes on should this command end (gatehouse policy what-ifs ${begun.id})`)
  ended(cli, await watch(cli, begun))
})

const whatIfs = run(async (cli: Cli, { cancel }: { cancel?: boolean }, id?: string) => {
  const { client, output } = cli
  if (id === undefined) {
    if (cancel) throw new UsageError('--cancel needs the id of a what-if')
    return output.result(await client.get('whatifs.list', { query: {} }), ({ items }) =>
      table(
        ['what-if', 'state', 'decisions', 'flips', 'budget', 'revision', 'draft', 'started'],
        items.map((row) => [
          ...[row.id, row.state, row.decisions, row.flips],
          ...[row.verdict && (row.verdict.within ? 'kept' : 'exceeded'), row.revision, row.draft_id, row.started_at],
        ]),
      ),
    )
  }
  if (cancel) return output.result(await client.get('whatifs.cancel', { params: { id } }), whatIfInWords)
  ended(cli, await watch(cli, await client.get('whatifs.show', { params: { id } })))
})

const shadow = run(async (cli: Cli, { for: lasting, tenant }: { for?: string; tenant?: string }, candidate: string) => {
  const until = lasting === undefined ? undefined : new Date(Date.now() + milliseconds('--for', lasting)).toISOString()
  const begun = await begin(cli, candidate, defined({ follow: true, until, tenant: await tenantId(cli, tenant) }))
  cli.output.result(begun, ({ id, until: end }) =>
    [
      `shadow ${id}, until ${new Date(end).toISOString()}`,
      `Next: gatehouse policy what-ifs ${id} (what it found by now; --cancel ends it)`,
    ].join('\n'),
  )
})

/** `gatehouse policy what-if|shadow|what-ifs`: what a draft or a revision would have answered. */
export const policyWhatIf = (group: Command): void => {
  group
    .command('what-if <candidate>')
    .description('Replay past decisions through a draft or a revision; exit 1 where the flip budget is exceeded')
    .option('--since <time>', 'decided at this moment or later: 2026-01-31, a time in UTC, or how long ago (30d, 12h)')
    .option('--until <time>', 'decided before this moment; without it, before now')
    .option('--limit <n>', 'most decisions, the oldest first')
    .option('--tenant <organisation>', 'one organisation’s decisions only, by id or slug')
    .option('--max-flips <n>', 'flip budget: most flips')
    .option('--max-flips-percent <p>', 'flip budget: most flips in percent of what was replayed')
    .option('--max-flips-of <rule=n>', 'flip budget: most flips that a rule takes part in; may be repeated', collect)
    .action(whatIf)
  group
    .command('shadow <candidate>')
    .description('Judge what is decided from now on by a draft or a revision, beside the policy in force')
    .option('--for <time>', 'how long: 90m, 12h, 30d; a day where absent')
    .option('--tenant <organisation>', 'one organisation’s decisions only, by id or slug')
    .action(shadow)
  group
    .command('what-ifs [id]')
    .description(
      'Replays and shadows, newest first; with an id, how that one ends or, of a shadow, what it found by now',
    )
    .option('--cancel', 'end it')
    .action(whatIfs)
}
