import type { Action } from '#contract/actions.js'
import { problem } from '#contract/problems.js'
import { rehearsal, type Rehearsal } from '../platform/rehearsal.js'
import type { Weighed } from './gate.types.js'
import { refusalOf } from './refusal.rules.js'

/** What the gate was asked first in a rehearsal, and what it said. */
export interface Rehearsed {
  readonly action: Action
  readonly weighed: Weighed
}

const answers = new WeakMap<Rehearsal, Rehearsed>()

/** Ends a rehearsal with what was weighed, by throwing what stands for it; otherwise gives it back as it is. */
export const unlessRehearsed = (action: Action, weighed: Weighed): Weighed => {
  const asked = rehearsal()
  if (!asked) return weighed
  if (!answers.has(asked)) answers.set(asked, { action, weighed })
  const { outcome } = weighed
  if (outcome.kind !== 'allow') throw refusalOf(outcome)
  throw problem('conflict', { detail: 'This was a rehearsal; nothing was done' })
}

/** What the gate said in a rehearsal; undefined where it was not asked. */
export const rehearsedAnswer = (asked: Rehearsal): Rehearsed | undefined => answers.get(asked)
