import type { AnswerOf } from '#sdk/client/client.js'
import type { ScimQuirks } from '#contract/vocabulary.js'

/** A request of an identity provider as the log tells it. */
export type LogEntry = AnswerOf<'scim.showLog'>
/** What hints are drawn from. */
export type Refused = Pick<LogEntry, 'status' | 'outcome' | 'scim_type' | 'detail' | 'decision_id'>
/** The connection that a request came by, where it is still there. */
export interface Habits {
  readonly name: string
  readonly quirks: ScimQuirks
}

interface Hint {
  readonly fits: (entry: Refused & { readonly said: string }, by: Habits | undefined) => boolean
  readonly words: (entry: Refused, by: Habits | undefined) => string
}

const quoted = (by: Habits | undefined): string => (by === undefined ? 'CONNECTION' : JSON.stringify(by.name))
const asEntra = (_: Refused, by: Habits | undefined): string =>
  `Microsoft Entra spells it so. If this is Entra, have its habits understood: gatehouse scim connections set ${quoted(by)} --quirks entra`
const notEntra = (by: Habits | undefined): boolean => by?.quirks !== 'entra'

/** What to make of a refusal, the particular before the general. */
const HINTS: readonly Hint[] = [
  {
    fits: ({ outcome }) => outcome === 'failed',
    words: () =>
      'The fault is ours. Providers send such a request again by themselves; if it stays, see gatehouse doctor.',
  },
  {
    fits: ({ status, said }) => status === 409 && said.includes('service account'),
    words: () => 'The addresses are of several people here, or of a service account: leave each address to one person.',
  },
  {
    fits: ({ status, said }) => status === 409 && said.includes('here already'),
    words: (_, by) =>
      `Somebody was here before the provider, under the same address. To have the provider manage them, an owner lets it: gatehouse scim connections set ${quoted(by)} --existing adopt`,
  },
  {
    fits: ({ status }) => status === 409,
    words: () =>
      'Two entries of the provider are to be one here: the name, or its own id (externalId), is taken. Look for a second person or group with it at the provider, or for a second application that provisions.',
  },
  {
    fits: ({ status, said }) => status === 403 && said.includes('last active owner'),
    words: () =>
      'An organisation keeps an owner. Make somebody else one first: gatehouse organisations transfer PERSON',
  },
  {
    fits: ({ status }) => status === 403,
    words: ({ decision_id }) =>
      `Policy refuses it${decision_id === null ? '' : `; the reasons: gatehouse why ${decision_id}`}`,
  },
  {
    fits: ({ status }) => status === 404,
    words: () =>
      'The provider means somebody or a group that is not here any more. Have it forget what it knows and look anew (Entra: restart provisioning; Okta: push again).',
  },
  {
    fits: ({ status }) => status === 412,
    words: () =>
      'It changed between reading and writing. Providers read anew and repeat; nothing is to do unless it stays.',
  },
  {
    fits: ({ status, said }) => status === 429 && said.includes('What people rejected'),
    words: () =>
      'People rejected it, or brought somebody back, and it stays refused until the window of the brake is over. gatehouse scim brake list --all names the brake; gatehouse scim brake release BRAKE lets it through all the same.',
  },
  {
    fits: ({ status, said }) => status === 429 && said.includes('gatehouse scim brake'),
    words: () =>
      'The brake of the connection holds it until people decide: gatehouse scim brake list, then gatehouse scim brake release or reject. Sending it again changes nothing before that.',
  },
  {
    fits: ({ status }) => status === 429,
    words: () => 'The provider was told to wait, and sends it again by itself.',
  },
  {
    fits: ({ scim_type, said }, by) =>
      notEntra(by) &&
      scim_type === 'invalidValue' &&
      (said.includes('without quotes') || said.includes('manager must be')),
    words: asEntra,
  },
  {
    fits: ({ said }, by) => notEntra(by) && said.includes('is no schema of'),
    words: asEntra,
  },
  {
    fits: ({ said }) => /there is no attribute|has no attribute/.test(said),
    words: () => "Take the attribute out of the provider's attribute mapping, or map it to one of /scim/v2/Schemas.",
  },
  {
    fits: ({ scim_type }) => scim_type === 'invalidFilter',
    words: () =>
      'The provider looks people or groups up by something that cannot be asked. Match people by userName or externalId, and groups by displayName.',
  },
  {
    fits: ({ scim_type }) => scim_type === 'noTarget',
    words: () =>
      "It changes an entry that is not there. Have the provider send the whole attribute, or clear its mapping's filter.",
  },
  {
    fits: ({ scim_type }) => scim_type === 'mutability',
    words: () => "The attribute cannot be changed: take it out of the provider's attribute mapping for updates.",
  },
  {
    fits: ({ status, scim_type }) => status === 413 || scim_type === 'tooMany',
    words: () => 'The request is too large: have the provider send fewer operations in one.',
  },
  {
    fits: ({ status }) => status === 400,
    words: () => 'The provider sends what SCIM does not have so: compare its attribute mapping with /scim/v2/Schemas.',
  },
]

/** What a refusal or fault means for whoever looks after the provider, and what to do; null for what was done. */
export const hintOf = (entry: Refused, by: Habits | undefined): string | null => {
  if (entry.outcome === 'done') return null
  const seen = { ...entry, said: entry.detail ?? '' }
  return HINTS.find(({ fits }) => fits(seen, by))?.words(entry, by) ?? null
}
