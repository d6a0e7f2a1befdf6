import * as oauth from 'openid-client'
import { GatehouseClient } from '#sdk/client/client.js'
import { run, type Cli, type Registration } from '../command.js'
import { serviceUrl } from '../session.js'
import { authorizationServer, wordsOf } from '../sign-in/authorization-server.js'
import { changeSignIn, type KeptSignIn } from '../sign-in/store.js'
import { byDevice, byRedirect } from '../sign-in/ways.js'

interface LoginFlags {
  readonly device?: boolean
  readonly email?: string
  readonly tenant?: string
  readonly stepUp?: boolean
}

/** Ends a session that is not needed any more; where the service is away it ends by itself. */
const revoke = async (origin: string, { refresh_token }: KeptSignIn): Promise<void> => {
  await authorizationServer(origin)
    .then((server) => oauth.tokenRevocation(server, refresh_token))
    .catch(() => undefined)
}

const enter = run(async ({ options, output, surroundings }: Cli, flags: LoginFlags) => {
  const origin = new URL(serviceUrl(options)).origin
  const { device = false, email, tenant, stepUp = false } = flags
  const way = { origin, email, tenant, stepUp, tell: (line: string) => output.note(line), signal: surroundings.left }
  const signedIn = await (device ? byDevice(way) : byRedirect(way)).catch((error: unknown) => {
    throw new Error(`Signing in at ${origin} did not succeed: ${wordsOf(error)}`, { cause: error })
  })
  let before: KeptSignIn | undefined
  await changeSignIn(origin, async (kept) => {
    before = kept
    return signedIn
  })
  if (before) await revoke(origin, before)
  const me = await new GatehouseClient({ url: origin, key: signedIn.access_token, retries: 0 }).get('whoami.show', {})
  output.result(
    { signed_in: true, service: origin, name: me.name, tenant: me.tenant.slug, session: me.session },
    (it) =>
      [
        `Signed in at ${it.service} as ${it.name} of ${it.tenant}`,
        `Until ${it.session?.expires_at} at the latest`,
      ].join('\n'),
  )
})

const leave = run(async ({ options, output }: Cli) => {
  const origin = new URL(serviceUrl(options)).origin
  let before: KeptSignIn | undefined
  await changeSignIn(origin, async (kept) => {
    before = kept
    return null
  })
  if (before) await revoke(origin, before)
  output.result({ signed_out: before !== undefined, service: origin }, ({ signed_out }) =>
    signed_out ? `Signed out at ${origin}` : `Nobody was signed in at ${origin}`,
  )
})

/** `gatehouse login` and `gatehouse logout`: as yourself, by your organisation's identity provider. */
export const login: Registration = (parent) => {
  parent
    .command('login')
    .description("Sign in by your organisation's identity provider")
    .option('--device', 'show a code to type in elsewhere, where this machine has no browser')
    .option('--email <address>', 'your address at work: its domain leads to the provider')
    .option('--tenant <slug>', 'your organisation, where no domain leads to it')
    .option('--step-up', 'prove again who you are, with a second factor')
    .action(enter)
  parent.command('logout').description('End your session here').action(leave)
}
