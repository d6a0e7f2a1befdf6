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

/** What is written to whoever may choose a password. */
export const resetMail = (id: string, organisation: Pick<Organisation, 'name'>, page: string): Told => ({
  id,
  subject: `Choose a password for ${organisation.name} on Gatehouse`,
  text: [
    'An administrator of your organisation lets you choose a password. This counts once, for an hour:',
    '',
    `  ${page}`,
    '',
    'If you did not ask for it, tell them; until it is used, nothing changes.',
    '',
  ].join('\n'),
})
