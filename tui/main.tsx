import { parseArgs } from 'node:util'
import { render } from 'ink'
import { openClient } from '#cli/session.js'
import type { GatehouseClient } from '#sdk/client/client.js'
import { App } from './app.js'
import { SCREENS } from './screens/index.js'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string' },
    as: { type: 'string' },
    act: { type: 'boolean', default: false },
  },
})

const printOnce = async (client: GatehouseClient): Promise<void> => {
  for (const screen of Object.values(SCREENS)) {
    const rows = await screen.load(client)
    process.stdout.write(`${screen.title}\n`)
    for (const row of rows) process.stdout.write(`  ${screen.columns.map(({ cell }) => cell(row)).join('\t')}\n`)
    if (rows.length === 0) process.stdout.write(`  ${screen.empty}\n`)
  }
}

const client = openClient(values)
// Without a terminal there are no keys to press: each screen is printed once, as plain lines.
if (process.stdin.isTTY && process.stdout.isTTY) {
  await render(<App client={client} canAct={values.act} interactive />, { alternateScreen: true }).waitUntilExit()
} else await printOnce(client)
