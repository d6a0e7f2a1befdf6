import type { EndpointId } from '#contract/endpoints.js'
import type { AnswerOf, OperationId, RequestOf } from '#sdk/client/client.js'
import type { Person } from '../demo/world.js'
import type { Typed } from './console.js'
import type { Draft, Ground } from './ground.js'

/** Endpoints that are also one operation each: all but the door to extensions. */
type CaseId = EndpointId & OperationId

/** One policy action, and how it is done by each face. Each is done on ground of its own, laid by `arrange`. */
export interface Case<Id extends CaseId = CaseId, Laid = unknown> {
  readonly endpoint: Id
  /** What sets it apart from other cases of the same endpoint. */
  readonly variant?: string
  /** Who does it; the security lead where absent. */
  readonly as?: Person
  readonly arrange: (ground: Ground) => Promise<Laid>
  readonly rest: (laid: Laid) => RequestOf<Id>
  readonly cli: (laid: Laid) => readonly string[]
  readonly console: (laid: Laid) => Typed
  /** Words of the service's answer that whoever reads must be shown by every face. Of what only reads, this is the effect. */
  readonly shows?: (answer: AnswerOf<Id>, laid: Laid) => readonly string[]
  /** What is there afterwards, without what differs each time: ids, names and times. */
  readonly effect?: (ground: Ground, laid: Laid) => Promise<unknown>
}

/** Keeps the types of a case together, then forgets them: cases of all actions stand in one list. */
export const faceCase = <Id extends CaseId, Laid>(one: Case<Id, Laid>): Case => one as unknown as Case

/** On the screen of policy where no other is named. */
export const typed = (line: string, rest: Partial<Omit<Typed, 'line'>> = {}): Typed => ({
  screen: 'policy',
  line,
  ...rest,
})

/** A draft, as far as two that were treated alike are alike. */
export const draftEffect = async (ground: Ground, id: string): Promise<unknown> => {
  const draft: Draft = await ground.client.get('drafts.show', { params: { id } })
  return {
    ...{ state: draft.state, version: draft.version, checked: draft.checked, ok: draft.checks?.ok ?? null },
    stages: draft.checks?.stages.map(({ name, state }) => `${name} ${state}`) ?? [],
    files: draft.files.filter(({ path }) => path !== ground.platformFile),
    settings: draft.files.some(({ path }) => path === ground.platformFile),
    ...{ commit: draft.source_commit, base: draft.base_revision, base_in_force: draft.base_in_force },
    sealed: draft.sealed_revision !== null,
  }
}
