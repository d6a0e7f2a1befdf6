import { Option } from 'commander'
import { run, type Cli, type Registration } from '../command.js'
import { serviceUrl } from '../session.js'
import { revoke, signIn } from '../sign-in/sign-in.js'
import { changeSignIn, keptWhere, placeSet, PLACES, type KeptSignIn, type Place } from '../sign-in/store.js'
import { byDevice, byRedirect, type GoOn } from '../sign-in/ways.js'

interface LoginFlags {
  readonly device?: boolean
  readonly email?: string
  readonly tenant?: string
  readonly stepUp?: boolean
  readonly keepIn?: Place
}

const enter = run(async ({ options, output, surroundings }: Cli, flags: LoginFlags) => {
  const origin = new URL(serviceUrl(options)).origin
  const { device = false, email, tenant, stepUp = false, keepIn = placeSet() } = flags
  const tell = ({ address, code }: GoOn): void =>
    output.note(code === null ? `Open ${address}` : `Open ${address} and check that it shows ${code}`)
  const way = { origin, email, tenant, stepUp, tell, signal: surroundings.left }
  const me = await signIn(device ? byDevice : byRedirect, way, keepIn)
  output.result(
    {
      signed_in: true,
      service: origin,
      name: me.name,
      tenant: me.tenant.slug,
      session: me.session,
      tokens_in: keptWhere(origin),
    },
    (it) =>
      [
        `Signed in at ${it.service} as ${it.name} of ${it.tenant}`,
        `Until ${it.session?.expires_at} at the latest`,
        `Its tokens are in ${it.tokens_in === 'keychain' ? 'the keychain' : it.tokens_in}`,
      ].join('\n'),
  )
})

const leave = run(async ({ options, output }: Cli) => {
  const origin = new URL(serviceUrl(options)).origin
  let before: KeptSignIn | undefined
  const end = async (kept: KeptSignIn | undefined): Promise<null> => {
    before = kept
    return null
  }
  await changeSignIn(origin, end, { anew: true })
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
    .addOption(
      new Option(
        '--keep-in <place>',
        'where the tokens go (GATEHOUSE_TOKENS); auto: the keychain, else a file',
      ).choices(PLACES),
    )
    .option('--step-up', 'prove again who you are, with a second factor')
    .action(enter)
  parent.command('logout').description('End your session here').action(leave)
}
