import type { OwnCredentials } from '#contract/api/local-accounts.js'
import { escaped, hidden, page } from '../pages.js'
import type { Offer } from './password-sign-in.service.js'

const SCRIPT = '<script src="/auth/passkeys.js" defer></script>'
const complaint = (words: string | null): string => (words === null ? '' : `<p role="alert">${escaped(words)}</p>\n`)

interface PasswordForm {
  readonly csrf_token: string
  readonly tenant: string | undefined
  readonly return_to: string | undefined
  readonly step_up: string | undefined
  /** Why it is shown again. */
  readonly wrong: string | null
  readonly passkeys: boolean
  /** Whoever forgot their password is written to. */
  readonly mails: boolean
}

/** Whose account: organisation and address. */
const whoseFields = (tenant: string): string => `<label for="tenant">Your organisation, by its short name</label>
<input id="tenant" name="tenant" value="${escaped(tenant)}" autocomplete="organization" autocapitalize="none" required maxlength="63">
<label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254">`

/** Asks for address and password, or for a passkey. What was typed is not shown again, so that every answer is the same. */
export const passwordPage = ({ wrong, passkeys, mails, tenant, ...kept }: PasswordForm): string =>
  page(
    'Sign in',
    `${complaint(wrong)}<form method="post" action="/auth/password">
${hidden(kept)}
${whoseFields(tenant ?? '')}
<label for="password">Your password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024">
<button type="submit">Continue</button>
</form>
${passkeys ? passkeyButton(kept) : ''}<p><small>${mails ? forgottenLink(tenant) : 'Forgotten? An administrator of your organisation lets you choose another one.'}</small></p>`,
  )

const forgottenLink = (tenant: string | undefined): string => {
  const query = tenant === undefined ? '' : `?tenant=${encodeURIComponent(tenant)}`
  return `<a href="/auth/forgot-password${escaped(query)}">Forgotten?</a>`
}

/** Asks whom to write to. */
export const forgotPage = ({ csrf_token, tenant }: { readonly csrf_token: string; readonly tenant: string }): string =>
  page(
    'Choose another password',
    `<form method="post" action="/auth/forgot-password">
${hidden({ csrf_token })}
${whoseFields(tenant)}
<button type="submit">Write to me</button>
</form>`,
  )

const MAILED = `<p>If somebody signs in by that address there, a link by which they choose another password is on its way. It counts once, for an hour.</p>
<p><small>Nothing came? Ask an administrator of your organisation.</small></p>`

/** Says the same to whoever has an account and to everybody else. */
export const forgottenPage = (mails: boolean): string =>
  page(
    mails ? 'Look into your mail' : 'Ask an administrator',
    mails
      ? MAILED
      : '<p>No mail goes out from here: an administrator of your organisation lets you choose another password.</p>',
  )

const passkeyButton = ({ return_to, step_up }: Pick<PasswordForm, 'return_to' | 'step_up'>): string =>
  `<button type="button" id="passkey-sign-in" data-return-to="${escaped(return_to ?? '')}" data-step-up="${escaped(step_up ?? '')}">Sign in by a passkey</button>
<p id="passkey-said" role="alert"></p>
${SCRIPT}
`

const codeForm = (csrf_token: string, words: string): string => `<form method="post" action="/auth/second-factor">
${hidden({ csrf_token })}
<label for="code">${words}</label>
<input id="code" name="code" autocomplete="one-time-code" autocapitalize="none" required autofocus maxlength="40">
<button type="submit">Continue</button>
</form>`

/** Asks for the second factor, or has the first one enrolled. */
export const secondFactorPage = (part: {
  readonly csrf_token: string
  readonly offer: Offer | null
  readonly wrong: string | null
}): string => {
  const { csrf_token, offer, wrong } = part
  if (!offer)
    return page(
      'Your second factor',
      `${complaint(wrong)}${codeForm(csrf_token, 'The six digits that your authenticator app shows, or a recovery code')}`,
    )
  return page(
    'Add an authenticator app',
    `${complaint(wrong)}<p>From now on you sign in with a second factor. Put this key into an authenticator app, or <a href="${escaped(offer.uri)}">open it on this device</a>.</p>
<p><code>${escaped(offer.secret.replaceAll(/(.{4})(?=.)/g, '$1 '))}</code></p>
${codeForm(csrf_token, 'The six digits that it shows')}`,
  )
}

/** Shows recovery codes, this once. */
export const codesPage = (codes: readonly string[], returnTo: string): string =>
  page(
    'Keep these recovery codes',
    `<p>Each lets you in once where you have no authenticator app at hand. They are not shown again.</p>
<ul>
${codes.map((code) => `<li><code>${escaped(code)}</code></li>`).join('\n')}
</ul>
<p><a href="${escaped(returnTo)}">I kept them: continue</a></p>`,
  )

/** Asks for a new password. */
export const choosePage = (part: {
  readonly csrf_token: string
  readonly token: string
  readonly wrong: string | null
}): string =>
  page(
    'Choose a password',
    `${complaint(part.wrong)}<form method="post" action="/auth/set-password">
${hidden({ csrf_token: part.csrf_token })}
<label for="token">The token that you were sent</label>
<input id="token" name="token" value="${escaped(part.token)}" autocomplete="off" autocapitalize="none" required maxlength="64">
<label for="password">Your password: 12 characters or more; several words are easy to keep</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="1024">
<button type="submit">Choose it</button>
</form>`,
  )

/** Says that the password counts, and leads on. */
export const chosenPage = (tenant: string): string =>
  page(
    'Your password counts',
    `<p><a href="/auth/password?tenant=${escaped(encodeURIComponent(tenant))}">Sign in with it</a></p>`,
  )

/** What somebody signs in by, with a way to add passkeys. */
export const accountPage = (
  { password, totp, passkeys, recovery_codes_left }: OwnCredentials,
  { csrf_token, addable }: { readonly csrf_token: string; readonly addable: boolean },
): string =>
  page(
    'How you sign in',
    `<ul>
<li>Password: ${password ? 'chosen' : 'none'}</li>
<li>Authenticator app: ${totp ? 'confirmed' : 'none'}</li>
<li>Recovery codes left: ${recovery_codes_left}</li>
${passkeys.map(({ name, last_used_at }) => `<li>Passkey ${escaped(name)}, ${last_used_at === null ? 'not used yet' : `last used ${escaped(last_used_at)}`}</li>`).join('\n')}
</ul>
${
  addable
    ? `<label for="passkey-name">What a new passkey is called</label>
<input id="passkey-name" maxlength="120" autocomplete="off">
<button type="button" id="passkey-add" data-csrf="${escaped(csrf_token)}">Add a passkey</button>
<p id="passkey-said" role="alert"></p>
${SCRIPT}`
    : '<p>Passkeys need an address with a domain name: an operator sets GATEHOUSE_PUBLIC_URL.</p>'
}
<p><small>The command changes the rest: gatehouse account --help</small></p>`,
  )
