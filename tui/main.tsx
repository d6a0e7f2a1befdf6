import { parseArgs } from 'node:util'
import { render } from 'ink'
import { openClient, serviceUrl, speaksBy } from '#cli/session.js'
import { signIn } from '#cli/sign-in/sign-in.js'
import { byDevice } from '#cli/sign-in/ways.js'
import type { GatehouseClient } from '#sdk/client/client.js'
import { Refusal } from '#sdk/client/refusal.js'
import { App } from './app.js'
import { SCREENS } from './screens/index.js'
import type { SignInHere } from './use-sign-in.js'

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

/** Nobody is there to press a key: what is refused is told, with what to do. */
const tellRefusal = (error: unknown): void => {
  if (!(error instanceof Refusal)) throw error
  const { code, remedy } = error.problem
  process.stderr.write(`✗ ${code}: ${error.message}\n${remedy === undefined ? '' : `  ${remedy}\n`}`)
  process.exitCode = 1
}

const signInHere = (): SignInHere | null => {
  const by = speaksBy(values)
  // Signing in would not take the place of a key.
  if (by === 'key') return null
  const origin = new URL(serviceUrl(values)).origin
  const begin: SignInHere['begin'] = async (tell, signal) =>
    (await signIn(byDevice, { origin, stepUp: false, tell, signal })).name
  return { service: origin, isNobody: by === 'nobody', begin }
}

const client = openClient(values)
// Without a terminal there are no keys to press: each screen is printed once, as plain lines.
if (process.stdin.isTTY && process.stdout.isTTY) {
  const app = <App client={client} canAct={values.act} interactive signIn={signInHere()} />
  await render(app, { alternateScreen: true }).waitUntilExit()
} else await printOnce(client).catch(tellRefusal)
