import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'

type Explained = AnswerOf<'decisions.show'>

const lines = (decision: Explained): string =>
  [
    `${decision.outcome.toUpperCase()}  ${decision.action} on ${decision.resource ? `${decision.resource.kind} ${decision.resource.id}` : 'something of another organisation'}`,
    `decided by   ${decision.decided_by}${decision.cause ? ` (${decision.cause})` : ''} at ${decision.at}`,
    `asked by     ${decision.actor ?? '-'} of ${decision.tenant}`,
    `bundle       ${decision.revision ?? 'none could decide'} (bundle revision)`,
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
