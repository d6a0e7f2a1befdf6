import { z } from 'zod'
import type { ScimLoss } from '#contract/vocabulary.js'

/** So many changes of a list are shown; its digest is of all. */
export const MOST_SHOWN = 1000

/** The part of what people are shown that is held against the list before it is released. */
export const BrakeSubject = z.looseObject({ brake_id: z.string(), count: z.int(), list_digest: z.string() })

interface ShownChange {
  readonly person: string
  readonly name: string
  readonly what: ScimLoss
  readonly group: string | null
}

const WORDS: Readonly<Record<ScimLoss, string>> = {
  deactivated: 'loses access',
  deleted: 'is deleted',
  left_group: 'leaves',
  lost_roles: 'loses the roles of',
}

interface AskedBrake {
  readonly id: string
  readonly connection: string
  readonly because: readonly string[]
  readonly people: number
  readonly let_go: number
  readonly percent: number
  readonly window_s: number
  readonly count: number
  readonly digest: string
}

/** What people are asked: to let a connection do what its brake holds off. The digest is that of the whole list. */
export const brakeRequest = (brake: AskedBrake, changes: readonly ShownChange[]) => ({
  title: `Let ${brake.connection} carry out ${brake.count} changes that its brake holds off`.slice(0, 300),
  subject: {
    ...{ brake_id: brake.id, connection: brake.connection, because: [...brake.because] },
    tripped_by: `${brake.let_go} of ${brake.people} people within ${brake.window_s / 60} minutes; ${brake.percent} % pass`,
    ...{ count: brake.count, list_digest: brake.digest },
    changes: changes
      .slice(0, MOST_SHOWN)
      .map(({ person, name, what, group }) => ({ person, name, what: [WORDS[what], group].filter(Boolean).join(' ') })),
  },
})

/** What people are shown of a brake, as far as it names anybody. */
export type ShownBrake = { readonly changes: readonly { readonly person: string; readonly name: string }[] } & object

/**
 * What people are shown with somebody struck out who was erased. Their list stays the one that was agreed to: its digest
 * is of ids alone, and stands in the subject.
 */
export const struckOut = (
  subject: ShownBrake,
  { id, stub }: { readonly id: string; readonly stub: string },
): ShownBrake => ({
  ...subject,
  changes: subject.changes.map((change) =>
    change.person === id ? { ...change, person: stub, name: 'Erased' } : change,
  ),
})
