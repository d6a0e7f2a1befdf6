import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { table } from '../output.js'

type Explained = AnswerOf<'decisions.show'>

const lines = (decision: Explained): string =>
  [
    `${decision.outcome.toUpperCase()}  ${decision.action} on ${decision.resource ? `${decision.resource.kind} ${decision.resource.id}` : 'something of another organisation'}`,
    `decided by   ${decision.decided_by}${decision.cause ? ` (${decision.cause})` : ''} at ${decision.at}`,
    `asked by     ${decision.actor ?? '-'} of ${decision.tenant}`,
    `revision     ${decision.revision ?? 'none could decide'}`,
    `input        ${decision.input_digest ?? '-'}`,
    `ledger       ${decision.ledger ? `leaf ${decision.ledger.leaf_index ?? 'not in the log yet'}, ${decision.ledger.leaf_hash}` : '-'}`,
    ...decision.reasons.flatMap(({ id, message, remedy }) => [
      `reason       ${id}: ${message}`,
      `  remedy     ${remedy}`,
    ]),
    ...decision.waived.map(
      ({ reason, waiver }) => `waived       ${reason}, by gatehouse policy waivers show ${waiver}`,
    ),
    ...decision.rules.map(
      ({ id, title, location }) =>
        `rule         ${id}${title ? `: ${title}` : ''}${location ? ` (${location.file}:${location.line})` : ''}`,
    ),
    ...(decision.facts === undefined ? [] : [`facts        ${JSON.stringify(decision.facts, null, 2)}`]),
  ].join('\n')

/** `gatehouse why ID`: the rules that fired, the reasons with their remedies, and what stands behind the decision. */
export const why: Registration = (parent) => {
  parent
    .command('why <decision>')
    .description('Why a decision was made as it was')
    .option('--facts', 'also show the facts (needs decision:explain; recorded)')
    .action(
      run(async ({ client, output }: Cli, flags: { facts?: boolean }, id: string) => {
        const query = flags.facts ? { facts: 'true' as const } : {}
        output.result(await client.get('decisions.show', { params: { id }, query }), lines)
      }),
    )
}

const list = run(async ({ client, output }: Cli, flags: Record<string, string>) => {
  const page = await client.get('decisions.list', { query: flags as never })
  output.result(page, ({ items }) =>
    table(
      ['decision', 'at', 'action', 'outcome', 'reasons'],
      items.map((item) => [item.id, item.at, item.action, item.outcome, item.reasons.join(' ')]),
    ),
  )
})

const replay = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  const replayed = await client.get('decisions.replay', { params: { id } })
  if (!replayed.equal) process.exitCode = 1
  output.result(replayed, ({ equal, expected_digest, actual_digest }) =>
    equal ? `Equal: ${actual_digest}` : `Different: recorded ${expected_digest}, now ${actual_digest}`,
  )
})

/** `gatehouse decisions list|replay`. */
export const decisions: Registration = (parent) => {
  const group = parent.command('decisions').description('Search and replay decisions')
  group
    .command('list')
    .description('Decisions, newest first')
    .option('--action <action>', 'only this action, such as install.create')
    .option('--outcome <outcome>', 'allow, hold, deny or unavailable')
    .option('--extension <name>', 'only about this extension')
    .option('--execution <id>', 'only of this execution')
    .option('--limit <n>', 'how many', '20')
    .action(list)
  group
    .command('replay <decision>')
    .description('Evaluate the stored input again and compare the answer byte for byte')
    .action(replay)
}
