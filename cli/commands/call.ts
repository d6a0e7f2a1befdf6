import { readFileSync } from 'node:fs'
import { run, type Cli, type Registration } from '../command.js'
import { UsageError } from '../usage-error.js'

interface CallFlags {
  readonly method?: string
  readonly body?: string
  readonly type: string
  readonly record?: boolean
  readonly workspace?: string
}

const bodyOf = (given: string | undefined): Buffer | undefined => {
  if (given === undefined) return undefined
  if (!given.startsWith('@')) return Buffer.from(given)
  try {
    return readFileSync(given.slice(1))
  } catch (error) {
    throw new UsageError(`--body ${given} cannot be read: ${(error as Error).message}`)
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `gatehouse call EXTENSION /path`: one governed invocation. */
export const call: Registration = (parent) => {
  parent
    .command('call <extension> <path>')
    .description('Call an endpoint of an installed extension')
    .option('--method <method>', 'GET, or POST where a body is given')
    .option('--body <text>', 'body; @FILE reads a file')
    .option('--type <media-type>', 'content type of the body', 'application/json')
    .option(
      '--workspace <workspace>',
      'the install of this workspace, by slug or id; that of the default one where absent',
    )
    .option('--record', 'keep what it is given, so that gatehouse execution replay can run it again')
    .action(
      run(async ({ client, output }: Cli, flags: CallFlags, extension: string, path: string) => {
        const body = bodyOf(flags.body)
        const response = await client.fetch(`/api/ext/${encodeURIComponent(extension)}/${path.replace(/^\//, '')}`, {
          method: flags.method ?? (body ? 'POST' : 'GET'),
          ...(body && { body }),
          headers: {
            ...(body && { 'content-type': flags.type }),
            ...(flags.record && { 'gatehouse-record': 'true' }),
            ...(flags.workspace && { 'gatehouse-workspace': flags.workspace }),
          },
        })
        const text = await response.text()
        const decision = response.headers.get('x-gatehouse-decision-id')
        // What an extension answers is its own: nothing in it is put into our words.
        output.document({ status: response.status, decision_id: decision, body: parsed(text) }, `${text}\n`)
      }),
    )
}
