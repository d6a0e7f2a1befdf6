import { run, type Registration } from '../command.js'
import { EXIT, table } from '../output.js'
import { speaksBy, tokensIn } from '../session.js'
import { inOneLine } from '../words.js'

/** `gatehouse whoami`: as whom the service knows you. */
export const whoami: Registration = (parent) => {
  parent
    .command('whoami')
    .description('Who you are to the service, and what you may do')
    .action(
      run(async ({ client, output, options }) => {
        const known = await client.get('whoami.show', {})
        const tokens_in = known.session && speaksBy(options) === 'sign_in' ? tokensIn(options) : null
        output.result({ ...known, ...(tokens_in !== null && { tokens_in }) }, (me) =>
          [
            `${me.name} (${me.kind}) of ${me.tenant?.slug ?? 'nowhere'}`,
            me.session ? `signed in until ${me.session.expires_at}` : `by the key ${me.key?.name ?? ''}`,
            ...(tokens_in === null ? [] : [`tokens  in ${tokens_in === 'keychain' ? 'the keychain' : tokens_in}`]),
            `roles   ${me.roles.join(', ')}`,
            `scopes  ${me.scopes.join(', ')}`,
          ].join('\n'),
        )
      }),
    )
}

/** `gatehouse status`: one look at the platform. */
export const status: Registration = (parent) => {
  parent
    .command('status')
    .description('State of the platform: policy, ledger, kill list, slots; ends with 1 where a part is down')
    .action(
      run(async ({ client, output }) => {
        const found = await client.get('health.report', {})
        if (found.status === 'error') process.exitCode = EXIT.refused
        output.result(found, (report) => {
          const details = (report['details'] ?? {}) as Record<string, { status: string; [fact: string]: unknown }>
          const rows = Object.entries(details).map(([name, { status: state, ...facts }]) => [
            name,
            state,
            inOneLine(facts),
          ])
          return `${report.status}\n${table(['part', 'state', 'detail'], rows)}`
        })
      }),
    )
}
