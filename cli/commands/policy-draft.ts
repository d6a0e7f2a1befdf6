import { Uuid } from '#contract/primitives.js'
import type { AnswerOf } from '#sdk/client/client.js'
import type { Cli } from '../command.js'
import { UsageError } from '../usage-error.js'

/** A draft as the service shows it. */
export type Draft = AnswerOf<'drafts.show'>

/** The draft that a command is about, read first: its version goes with every change. Raises UsageError on what is no id. */
export const readDraft = (client: Cli['client'], id: string): Promise<Draft> =>
  client.get('drafts.show', { params: { id: draftId(id) } })

/** An id as given. Raises UsageError where it is none. */
export const draftId = (id: string): string => {
  if (Uuid.safeParse(id).success) return id
  throw new UsageError(`DRAFT ${id} is no id of a draft: gatehouse policy drafts lists them`)
}

/** Where a draft stands, in a few words. */
export const draftStanding = ({
  state,
  checked,
  base_in_force,
  sealed_revision,
}: Omit<Draft, 'files' | 'checks'>): string => {
  if (state !== 'open') return state === 'sealed' ? `sealed as ${sealed_revision}` : state
  return [checked ? 'checked' : 'not checked', ...(base_in_force ? [] : ['its base is no longer in force'])].join(', ')
}

/** A draft for people, and what to do with it next. */
export const draftInWords = (draft: Draft, next = nextOf(draft)): string =>
  [
    `draft    ${draft.id}, version ${draft.version}`,
    `name     ${draft.name}`,
    `state    ${draftStanding(draft)}`,
    `base     ${draft.base_revision}`,
    `commit   ${draft.source_commit ?? 'none recorded'}`,
    `files    ${draft.files.length}`,
    ...next,
  ].join('\n')

/** The command that comes next, as a line of its own. */
export const nextOf = ({ id, state, checked, checks, base_in_force, sealed_revision }: Draft): string[] => {
  if (state === 'sealed') return [`Next: gatehouse policy activate ${sealed_revision} --reason WHY`]
  if (state === 'discarded') return []
  if (!base_in_force) return [`Next: gatehouse policy rebase ${id}`]
  return [`Next: gatehouse policy ${checked && checks?.ok ? 'seal' : 'verify'} ${id}`]
}
