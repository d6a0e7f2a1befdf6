import { endpointEntry, type EndpointId } from '#contract/endpoints.js'

/** What a person is shown before something dangerous is done. */
export interface Danger {
  readonly title: string
  /** What will happen, and to whom. */
  readonly blastRadius: readonly string[]
  /** What must be typed exactly; null where looking at it is enough. */
  readonly name: string | null
}

/** As much of a digest as tells revisions apart on a line, and as is typed to name one. */
export const shortName = (revision: string): string => revision.slice(0, 'sha256:'.length + 12)

/** A text with its digests cut so: for lines that people read. */
export const shortNames = (text: string): string =>
  text.replaceAll(/sha256:[0-9a-f]{12,}/g, (digest) => shortName(digest))

/** Putting a revision in force. */
export const activation = (revision: string): Danger => ({
  title: `Activate ${shortName(revision)}`,
  blastRadius: ['every decision of every organisation is made by it, once a second person agrees'],
  name: shortName(revision),
})

/** Going back to a revision; without one, to that before. */
export const rollback = (revision: string | undefined): Danger => ({
  title: `Roll back to ${revision === undefined ? 'the policy before' : shortName(revision)}`,
  blastRadius: ['every decision of every organisation is made by it at once; nobody else is asked'],
  name: revision === undefined ? 'rollback' : shortName(revision),
})

/** Letting a revision take over by degrees. */
const canary = (revision: string): Danger => ({
  title: `Let ${shortName(revision)} take over by degrees`,
  blastRadius: [
    '1, 10, then 100 % of decisions are made by it, once a second person agrees; it is taken back by itself',
  ],
  name: shortName(revision),
})

/** Putting a revision in force for some hours, in an emergency. */
const breakGlass = (revision: string): Danger => ({
  title: `Break glass: activate ${shortName(revision)}`,
  blastRadius: [
    'every decision of every organisation is made by it, once two people besides you agree',
    'everybody who activates policy is told, and the policy before it decides again when the time is over',
  ],
  name: shortName(revision),
})

/** Putting an organisation's own restrictions in force. */
export const tenantActivation = (version: unknown): Danger => ({
  title: 'Put the restrictions of your organisation in force',
  blastRadius: ['every decision of your organisation answers to them too, once a second person of it agrees'],
  name: `draft ${version}`,
})

/** Going back to restrictions of an earlier change; with 0 to none, and without one to those before. */
export const tenantRollback = (to: unknown): Danger => ({
  title: `Roll the restrictions of your organisation back to ${to === undefined ? 'those before' : to === 0 ? 'nothing' : `change ${to}`}`,
  blastRadius: ['every decision of your organisation answers to them at once; nobody else is asked'],
  name: to === undefined ? 'rollback' : `change ${to}`,
})

/** Ending an exception. */
export const waiverEnd = (name: string | null): Danger => ({
  title: name === null ? 'End a waiver' : `End the waiver of ${name}`,
  blastRadius: ['the reason counts again at once; to waive it anew takes two people'],
  name,
})

/** Ending every session of somebody. */
export const signOut = (name: string | null): Danger => ({
  title: name === null ? 'Sign somebody out everywhere' : `Sign ${name} out everywhere`,
  blastRadius: ['every session of theirs ends, on every instance; keys keep counting, and they may sign in again'],
  name,
})

/** Ending one of one's own sessions. */
export const sessionEnd = (label: string): Danger => ({
  title: `End ${label}`,
  blastRadius: ['whoever is there by this session has to sign in again'],
  name: null,
})

/** A brake, as far as it has to be known before something is said to it. */
interface BrakeSize {
  readonly connection: string
  readonly count: number
  readonly passed: number
}
const MOST_NAMED = 8
/** The first of many, and how many more there are. */
const firstOf = (names: readonly string[]): string[] =>
  names.length <= MOST_NAMED
    ? [...names]
    : [...names.slice(0, MOST_NAMED), `and ${names.length - MOST_NAMED} more: o lists them`]

/** Letting through what a brake holds off. `named` says who loses what. */
export const brakeRelease = ({ connection, count }: BrakeSize, named: readonly string[]): Danger => ({
  title: `Release the brake of ${connection}`,
  blastRadius: [`${count} changes pass once ${connection} sends them again, within a day`, ...firstOf(named)],
  name: connection,
})

/** Keeping it refused. */
export const brakeRejection = ({ connection, count }: BrakeSize, named: readonly string[]): Danger => ({
  title: `Reject what the brake of ${connection} holds off`,
  blastRadius: [`${count} changes stay refused for as long as its window is`, ...firstOf(named)],
  name: null,
})

/** Bringing back whom a connection let go before its brake tripped. */
export const brakeUndo = ({ connection, passed }: BrakeSize, named: readonly string[]): Danger => ({
  title: `Bring back whom ${connection} let go`,
  blastRadius: [
    `${passed} people have access again, a hundred at a time; sessions, keys and tokens stay ended`,
    `${connection} cannot let them go again within its window: mend it meanwhile`,
    ...firstOf(named),
  ],
  name: null,
})

type Asked = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

const rolesByGroups: Danger = {
  title: 'Change which roles groups give',
  blastRadius: ['people gain and lose roles at once; gatehouse scim rules preview names them'],
  name: null,
}

const DANGERS: { readonly [Id in EndpointId]?: (asked: Asked) => Danger } = {
  'policy.activate': ({ params, body }) =>
    (body?.['break_glass'] ? breakGlass : activation)(String(params?.['revision'])),
  'policy.rollback': ({ body }) => rollback(body?.['revision'] as string | undefined),
  'canaries.start': ({ params }) => canary(String(params?.['revision'])),
  'canaries.advance': () => ({
    title: 'Let a canary go on',
    blastRadius: ['its present step ends without the pairs that it has not seen yet'],
    name: 'advance',
  }),
  'restrictions.activate': ({ body }) => tenantActivation(body?.['version']),
  'restrictions.rollback': ({ body }) => tenantRollback(body?.['to']),
  'waivers.revoke': () => waiverEnd(null),
  'sessions.revoke': () => signOut(null),
  'scim.updateConnection': ({ body }) => ({
    title: body?.['enabled'] === false ? 'Turn a connection off' : 'Change a connection',
    blastRadius: [
      body?.['enabled'] === false
        ? 'its provider is refused: nobody is added, changed or let go until it is on again'
        : 'what its provider sends is read so from now on',
    ],
    name: null,
  }),
  'scim.deleteConnection': () => ({
    title: 'Delete a connection',
    blastRadius: ['its tokens go with it; people and groups stay as they are, and nobody keeps them in step'],
    name: 'delete',
  }),
  'scim.revokeToken': () => ({
    title: 'Revoke a token',
    blastRadius: ['a provider that still has it is refused at once'],
    name: null,
  }),
  'scim.releaseBrake': () => ({
    title: 'Release a brake',
    blastRadius: ['what it lists passes once the identity provider sends it again: people lose their access'],
    name: 'release',
  }),
  'scim.undoBrake': () => ({
    title: 'Bring back whom a connection let go',
    blastRadius: ['they have access again; sessions, keys and tokens stay ended'],
    name: null,
  }),
  'grouprules.set': () => rolesByGroups,
  'grouprules.revert': () => rolesByGroups,
  'kills.engage': ({ body }) => ({
    title: `Kill ${String(body?.['scope'])} ${String(body?.['target'] ?? '')}`.trimEnd(),
    blastRadius: ['what runs there ends at once, and nothing starts until it is released'],
    name: String(body?.['target'] ?? body?.['scope']),
  }),
  'kills.release': () => ({
    title: 'Release a kill switch',
    blastRadius: ['what was stopped runs again once a second person agrees'],
    name: null,
  }),
  'drafts.discard': () => ({
    title: 'Give a draft up',
    blastRadius: ['it stays on record; nobody changes, checks or seals it any more'],
    name: null,
  }),
}

/** What to ask before a request is sent; null where it may go at once. What a second person must settle is always asked. */
export const dangerOf = (id: EndpointId, asked: unknown): Danger | null => {
  const { summary, held } = endpointEntry(id)
  const danger =
    DANGERS[id]?.(asked as Asked) ??
    (held ? { title: summary, blastRadius: ['a second person is asked to agree'], name: null } : null)
  const reason = (asked as Partial<Asked>)?.['body']?.['reason']
  if (danger === null || typeof reason !== 'string') return danger
  return { ...danger, blastRadius: [...danger.blastRadius, `reason: ${reason}`] }
}
