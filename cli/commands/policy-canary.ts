import { Option, type Command } from 'commander'
import { CANARY_STEPS } from '#contract/api/policy-canaries.js'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli } from '../command.js'
import { findRevision } from '../find-revision.js'
import { table } from '../output.js'
import { percent } from '../words.js'

type Canary = AnswerOf<'canaries.show'>

const STEPS = CANARY_STEPS.map(String)
type Step = `${(typeof CANARY_STEPS)[number]}`

interface Reason {
  readonly reason: string
}

const start = run(async ({ client, output }: Cli, { reason }: Reason, named: string) => {
  const revision = await findRevision({ client }, 'REVISION', named)
  const reply = await client.call('canaries.start', { params: { revision }, body: { reason } })
  if (reply.kind === 'held') output.held(reply)
  else output.result(reply.answer, canaryInWords)
})

const list = run(async ({ client, output }: Cli) => {
  output.result(await client.get('canaries.list', { query: {} }), ({ items }) =>
    table(
      ['canary', 'state', 'percent', 'revision', 'pairs', 'since', 'reason'],
      items.map((item) => [
        ...[item.id, item.state, `${item.percent} %`, item.revision, String(item.pairs.pairs)],
        ...[item.started_at, item.reason],
      ]),
    ),
  )
})

const show = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(await client.get('canaries.show', { params: { id } }), canaryInWords)
})

const advance = run(async ({ client, output }: Cli, { reason, from }: Reason & { from?: Step }, id: string) => {
  const body = { reason, ...(from && { from: Number(from) as (typeof CANARY_STEPS)[number] }) }
  output.result(await client.get('canaries.advance', { params: { id }, body }), canaryInWords)
})

const revert = run(async ({ client, output }: Cli, { reason }: Reason, id: string) => {
  output.result(await client.get('canaries.revert', { params: { id }, body: { reason } }), canaryInWords)
})

/** A canary for people: who decides what, and what its pairs show. */
export const canaryInWords = (canary: Canary): string => {
  const { pairs, breach } = canary
  return [
    `${canary.state}: ${canary.revision} at ${canary.percent} % of ${canary.unit === 'tenant' ? 'organisations' : 'installs'}`,
    `over       ${canary.base_revision}`,
    `why        ${canary.reason}`,
    `asked by   ${canary.by}, begun ${canary.started_at} by approval ${canary.approval_id ?? '-'}`,
    `foretold   ${canary.what_if ? `by what-if ${canary.what_if}` : 'nothing: no what-if of it was run to its end'}`,
    `pairs      ${pairs.pairs} in this step, since ${canary.step_at}${pairs.skipped > 0 ? `; ${pairs.skipped} skipped` : ''}`,
    ...(pairs.unseen.length > 0 ? [`not seen   ${pairs.unseen.join(', ')}`] : []),
    ...(pairs.cost_ratio === null ? [] : [`cost       ${pairs.cost_ratio.toFixed(2)} of the base`]),
    ...(pairs.flips.length === 0
      ? ['It has flipped no decision.']
      : [
          table(
            ['flips by', 'found', 'at most', 'foretold'],
            pairs.flips.map((flip) => [
              ...[flip.rule, String(flip.found), flip.bound.toFixed(1), percent(flip.foretold_rate)],
            ]),
          ),
        ]),
    ...(canary.ended_at ? [`ended      ${canary.ended_at} by ${canary.ended_by}: ${canary.ended_because}`] : []),
    ...(breach && breach.samples.length > 0
      ? [
          table(
            ['flipped', 'action', 'base said', 'candidate said'],
            breach.samples.map(({ decision_id, action, before, after }) => [
              ...[decision_id, action, `${before.outcome} ${before.reasons.join(' ')}`],
              `${after.outcome} ${after.reasons.join(' ')}`,
            ]),
          ),
        ]
      : []),
  ].join('\n')
}

/** `gatehouse policy canary start|list|show|advance|revert`: a policy that takes over by degrees. */
export const policyCanary = (group: Command): void => {
  const canary = group.command('canary').description('Policies that take over by degrees: 1, 10, then 100 %')
  const why = '--reason <text>'
  canary
    .command('start <revision>')
    .description('Let a sealed policy take over by degrees; a second person must agree')
    .requiredOption(why, 'why; goes on record')
    .action(start)
  canary.command('list').description('Canaries, newest first').action(list)
  canary.command('show <canary>').description('How far it is, what its pairs show, and why it ended').action(show)
  canary
    .command('advance <canary>')
    .description('End the present step now; after the last one the policy is in force')
    .requiredOption(why, 'why; goes on record')
    .addOption(new Option('--from <percent>', 'the step that is meant: refused where it is over by now').choices(STEPS))
    .action(advance)
  canary
    .command('revert <canary>')
    .description('Take it back now')
    .requiredOption(why, 'why; goes on record')
    .action(revert)
}
