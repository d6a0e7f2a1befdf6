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

/** `gatehouse events`: what extensions published. */
export const events: Registration = (parent) => {
  parent
    .command('events')
    .description('Events that extensions published, newest first')
    .option('--extension <id>', 'only of this extension')
    .option('--type <type>', 'only of this type')
    .action(list)
}
