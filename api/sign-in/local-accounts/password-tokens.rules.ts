import type { Told } from '../../approvals/approval-mailer.js'
import type { LocalAccount, Organisation } from './local-accounts.repository.js'

/** Names that a password must not be made of alone. */
export const namesOf = (
  { name, email }: Pick<LocalAccount, 'name' | 'email'>,
  organisation: Pick<Organisation, 'name' | 'slug'>,
): string[] => {
  const [local = '', domain = ''] = (email ?? '').split('@')
  const parts = [name, local, domain, organisation.name, organisation.slug]
  return [...parts, ...parts.flatMap((part) => part.split(/[\s.,_+-]+/))]
}

/** Why somebody may choose a password: an administrator lets them, or somebody said that they forgot theirs. */
export type TokenCause = 'reset' | 'forgotten'

const WORDS: Record<TokenCause, { readonly begin: string; readonly end: string }> = {
  reset: {
    begin: 'An administrator of your organisation lets you choose a password.',
    end: 'If you did not ask for it, tell them; until it is used, nothing changes.',
  },
  forgotten: {
    begin: 'Somebody said that you forgot your password; you may choose another one.',
    end: 'If that was not you, do nothing: until it is used, nothing changes.',
  },
}

/** What is written to whoever may choose a password. */
export const tokenMail = (
  id: string,
  { cause, organisation, page }: { cause: TokenCause; organisation: Pick<Organisation, 'name'>; page: string },
): Told => ({
  id,
  subject: `Choose a password for ${organisation.name} on Gatehouse`,
  text: [`${WORDS[cause].begin} This counts once, for an hour:`, '', `  ${page}`, '', WORDS[cause].end, ''].join('\n'),
})
