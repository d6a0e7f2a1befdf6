import { run, type Cli, type Registration } from '../command.js'
import { serviceUrl } from '../session.js'
import { revoke, signIn } from '../sign-in/sign-in.js'
import { changeSignIn, type KeptSignIn } from '../sign-in/store.js'
import { byDevice, byRedirect, type GoOn } from '../sign-in/ways.js'

interface LoginFlags {
  readonly device?: boolean
  readonly email?: string
  readonly tenant?: string
  readonly stepUp?: boolean
}

const enter = run(async ({ options, output, surroundings }: Cli, flags: LoginFlags) => {
  const origin = new URL(serviceUrl(options)).origin
  const { device = false, email, tenant, stepUp = false } = flags
  const tell = ({ address, code }: GoOn): void =>
    output.note(code === null ? `Open ${address}` : `Open ${address} and check that it shows ${code}`)
  const way = { origin, email, tenant, stepUp, tell, signal: surroundings.left }
  const me = await signIn(device ? byDevice : byRedirect, way)
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
