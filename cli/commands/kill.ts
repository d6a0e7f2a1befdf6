import { KILL_SCOPES } from '#contract/vocabulary.js'
import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { oneOf } from '../chosen.js'
import { run, type Cli, type Registration } from '../command.js'
import { table } from '../output.js'
import { UsageError } from '../usage-error.js'

type Engage = RequestOf<'kills.engage'>['body']

const bodyOf = (given: string, target: string | undefined, reason: string): Engage => {
  const scope = oneOf('scope', given, KILL_SCOPES)
  if (scope !== 'global' && !target)
    throw new UsageError(`kill ${scope} needs a target: gatehouse kill ${scope} TARGET --reason "…"`)
  return { scope, target: target ?? '*', reason } as Engage
}

const engaged = ({ order, nodes }: AnswerOf<'kills.engage'>): string =>
  [
    `Engaged ${order.scope} ${order.target} (${order.id})`,
    `acknowledged by ${nodes.acknowledged.join(', ') || 'nobody'}`,
    ...(nodes.lapsed.length > 0 ? [`lapsed, so refusing everything: ${nodes.lapsed.join(', ')}`] : []),
    ...(nodes.not_reached.length > 0 ? [`NOT reached: ${nodes.not_reached.join(', ')}`] : []),
    ...(order.local ? ["LOCAL: kept in this node's journal until the database can be written"] : []),
  ].join('\n')

const engage = run(async ({ client, output }: Cli, flags: { reason: string }, scope: string, target?: string) => {
  const changed = await client.get('kills.engage', { body: bodyOf(scope, target, flags.reason) })
  if (changed.order.local || changed.nodes.not_reached.length > 0) process.exitCode = 1
  output.result(changed, engaged)
})

const list = run(async ({ client, output }: Cli) => {
  output.result(await client.get('kills.list', { query: {} }), ({ items }) =>
    table(
      ['order', 'scope', 'target', 'engaged', 'released', 'reason'],
      items.map((item) => [item.id, item.scope, item.target, item.engaged_at, item.released_at, item.reason]),
    ),
  )
})

const release = run(async ({ client, output }: Cli, flags: { reason: string }, id: string) => {
  const reply = await client.call('kills.release', { params: { id }, body: { reason: flags.reason } })
  if (reply.kind === 'held') output.held(reply)
  else output.result(reply.answer, ({ order }) => `Released ${order.scope} ${order.target}`)
})

/** `gatehouse kill SCOPE [TARGET]`, `gatehouse kills list`, `gatehouse kills release ID`. */
export const kill: Registration = (parent) => {
  parent
    .command('kill <scope> [target]')
    .description(`Stop at once: ${KILL_SCOPES.join(', ')}`)
    .requiredOption('--reason <text>', 'why; goes on record')
    .action(engage)
  const group = parent.command('kills').description('Kill switches')
  group.command('list').description('Kill switches, newest first').action(list)
  group
    .command('release <order>')
    .description('Let go what was stopped; a second person must agree')
    .requiredOption('--reason <text>', 'why; goes on record')
    .action(release)
}
