import { run, type Cli, type Registration } from '../command.js'
import { table } from '../output.js'

const list = run(async ({ client, output }: Cli, query: { extension?: string; type?: string }) => {
  output.result(await client.get('events.list', { query }), ({ items }) =>
    table(
      ['event', 'at', 'type', 'data'],
      items.map(({ id, time, type, data }) => [id, time, type, JSON.stringify(data)]),
    ),
  )
})

const deliveries = run(async ({ client, output }: Cli, query: { extension?: string; state?: never }) => {
  output.result(await client.get('deliveries.list', { query }), ({ items }) =>
    table(
      ['delivery', 'type', 'to', 'state', 'attempts', 'fault'],
      items.map((one) => [one.id, one.type, one.extension, one.state, one.attempts, one.fault]),
    ),
  )
})

const redeliver = run(async ({ client, output }: Cli, _flags: object, id: string) => {
  output.result(
    await client.get('deliveries.redeliver', { params: { id } }),
    ({ event_id, extension }) => `Event ${event_id} goes to ${extension} again`,
  )
})

/** `gatehouse events [list]|deliveries|redeliver`: what extensions published, and who gets it. */
export const events: Registration = (parent) => {
  const group = parent.command('events').description('Events of extensions')
  group
    .command('deliveries')
    .description('Events on their way to extensions, newest first')
    .option('--extension <id>', 'only to this extension')
    .option('--state <state>', 'waiting, delivered or dead')
    .action(deliveries)
  group.command('redeliver <delivery>').description('Try a dead delivery again').action(redeliver)
  group
    .command('list', { isDefault: true })
    .description('Events that extensions published, newest first')
    .option('--extension <id>', 'only of this extension')
    .option('--type <type>', 'only of this type')
    .action(list)
}
