import type { Command } from 'commander'
import type { AnswerOf } from '#sdk/client/client.js'
import { run, type Cli } from '../command.js'
import { table } from '../output.js'

type Page = AnswerOf<'agents.list'>
type Agent = Page['items'][number]
type Decisions = AnswerOf<'agents.decisions'>

const stateOf = ({ follows, errors, active_revision }: Agent): string =>
  errors[0] ?? (follows ? 'in step' : active_revision === null ? 'has told of no policy yet' : 'not yet in step')

const agentsInWords = ({ items, next_cursor }: Page): string =>
  [
    table(
      ['agent', 'app', 'version', 'decides by', 'heard of', 'state'],
      items.map((agent) => [
        ...[agent.id, agent.labels['app'] ?? null, agent.version, agent.active_revision, agent.seen_at, stateOf(agent)],
      ]),
    ),
    ...(next_cursor === null ? [] : [`Next: gatehouse policy agents --cursor ${next_cursor}`]),
  ].join('\n')

const decisionsInWords = ({ items, next_cursor }: Decisions): string =>
  [
    table(
      ['at', 'agent', 'rule', 'outcome', 'revision', 'replayable'],
      items.map((one) => [
        ...[one.at, one.agent, one.path, one.outcome ?? one.error, one.revision],
        one.replayable ? 'yes' : one.masked ? 'no, masked' : 'no',
      ]),
    ),
    ...(next_cursor === null ? [] : [`Next: gatehouse policy agents --decisions --cursor ${next_cursor}`]),
  ].join('\n')

interface Flags {
  readonly decisions?: true
  readonly agent?: string
  readonly cursor?: string
}

/** Exit code 1 while an agent on the page does not decide by what is in force. */
const agents = run(async ({ client, output }: Cli, { decisions, agent, cursor }: Flags) => {
  const page = cursor === undefined ? {} : { cursor }
  if (decisions) {
    const query = agent === undefined ? page : { ...page, agent }
    output.result(await client.get('agents.decisions', { query }), decisionsInWords)
    return
  }
  const found = await client.get('agents.list', { query: page })
  if (found.items.some(({ follows }) => !follows)) process.exitCode = 1
  output.result(found, agentsInWords)
})

/** `gatehouse policy agents`: stock OPA agents that take their policy from here. */
export const policyAgents = (group: Command): void => {
  group
    .command('agents')
    .description('OPA agents: which policy each decides by, when it was heard of, and what went wrong')
    .option('--decisions', 'what they decided, newest first')
    .option('--agent <id>', 'with --decisions: of this agent alone')
    .option('--cursor <cursor>', 'the page after this one')
    .action(agents)
}
