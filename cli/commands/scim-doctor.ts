import { readFileSync } from 'node:fs'
import { run, type Cli, type Registration } from '../command.js'
import { EXIT } from '../output.js'
import { connectionFindings, type Seen } from '../scim/connection-findings.rules.js'
import { allConnections, findConnection, type Connection } from '../scim/find-connection.js'
import { findingLines, sound, type ScimFinding } from '../scim/finding.js'
import { walk } from '../scim/walk.js'
import { serviceUrl } from '../session.js'
import { OWN_PROCESS } from '../surroundings.js'
import { UsageError } from '../usage-error.js'

const DAY = 86_400_000
/** How many refusals of the last day are read. */
const READ = 200
/** How many brakes are looked at: no more than one of them waits. */
const BRAKES = 20

interface DoctorFlags {
  readonly token?: string
}
interface Looked {
  readonly about: string
  readonly checks: readonly ScimFinding[]
}

const told = ({ output }: Cli, looked: readonly Looked[]): void => {
  const whole = { ok: looked.every(({ checks }) => sound(checks)), connections: looked }
  if (!whole.ok) process.exitCode = EXIT.refused
  output.result(whole, () => looked.flatMap(({ about, checks }) => [about, ...findingLines(checks)]).join('\n'))
}

const seenOf = async ({ client }: Cli, connection: Connection, now: number): Promise<Seen> => {
  const params = { id: connection.id }
  const of = { connection_id: connection.id }
  const recent = { ...of, since: new Date(now - DAY).toISOString(), limit: READ }
  const { items: tokens } = await client.get('scim.listTokens', { params, query: { limit: 200 } })
  const { items: latest } = await client.get('scim.listLog', { query: { ...of, would: 'false', limit: 1 } })
  const { items: brakes } = await client.get('scim.listBrakes', { query: { ...of, limit: BRAKES } })
  const troubled = []
  for (const outcome of ['failed', 'refused'] as const)
    troubled.push(...(await client.get('scim.listLog', { query: { ...recent, outcome } })).items)
  return { connection, tokens, last: latest[0], troubled, brakes, now }
}

const withKey = async (cli: Cli, named: string | undefined): Promise<void> => {
  const connections = named === undefined ? await allConnections(cli) : [await findConnection(cli, named)]
  if (connections.length === 0)
    throw new UsageError('there is no connection yet: gatehouse scim connections create NAME makes one')
  const looked: Looked[] = []
  for (const connection of connections) {
    const checks = connectionFindings(await seenOf(cli, connection, Date.now()))
    looked.push({ about: `${connection.name} (${connection.id})`, checks })
  }
  told(cli, looked)
}

const tokenIn = (given: string): string => {
  if (!given.startsWith('@')) return given
  try {
    return readFileSync(given.slice(1), 'utf8').trim()
  } catch (error) {
    throw new UsageError(`--token ${given} cannot be read: ${(error as Error).message}`)
  }
}

const withToken = async (cli: Cli, given: string): Promise<void> => {
  if (cli.surroundings !== OWN_PROCESS)
    throw new UsageError('a provider is played from a terminal, not from the console: leave out --token')
  const url = serviceUrl(cli.options).replace(/\/+$/, '')
  const base = url.endsWith('/scim/v2') ? url : `${url}/scim/v2`
  const token = tokenIn(given)
  if (!/^[\x21-\x7e]+$/.test(token)) throw new UsageError('--token has characters that no token has')
  told(cli, [{ about: base, checks: await walk({ base, token }) }])
}

const doctor = run(async (cli: Cli, { token }: DoctorFlags, named?: string) => {
  if (token !== undefined && named !== undefined)
    throw new UsageError('a token says itself which connection it is of: give CONNECTION or --token')
  await (token === undefined ? withKey(cli, named) : withToken(cli, token))
})

/** `gatehouse scim doctor`. */
export const scimDoctor: Registration = (parent) => {
  parent
    .command('doctor [connection]')
    .description(
      'What is wrong with connections, and what to do; with --token from the side of the provider, at --url. Changes nothing',
    )
    .option('--token <token>', 'of a connection, or @FILE: asks as the provider would, without a key')
    .action(doctor)
}
