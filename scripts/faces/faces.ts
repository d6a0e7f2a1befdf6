import { whoIsWho, withPeople, type Who } from '#cli/people.js'
import { endpointEntry } from '#contract/endpoints.js'
import { gatehouse } from '../demo/command.js'
import { shown } from '../demo/step.js'
import type { Case } from './case.js'
import { atConsole } from './console.js'
import { ACTOR, type Ground } from './ground.js'

export type Face = 'rest' | 'cli' | 'console'

/** What came of an action: what is there afterwards, what was decided for it, and that its answer was shown. */
export interface Seen {
  readonly effect: unknown
  readonly decided: readonly string[]
  readonly shown: boolean
}

interface Decision {
  readonly id: string
  readonly outcome: string
  readonly resource: { readonly kind: string } | null
  readonly reasons: readonly string[]
}

/** What was decided about an action, newest first. Only what changes something is always on record. */
const decisions = async ({ world }: Ground, { endpoint: id, as = 'operator' }: Case): Promise<readonly Decision[]> => {
  const { action, method } = endpointEntry(id)
  if (method === 'GET') return []
  // Whoever acts in an organisation reads of it; the operator reads what the platform's people did.
  const { body } = await world.request(as, `/v1/decisions?action=${action}&limit=50`)
  return body['items'] as Decision[]
}

/**
 * Lays ground, does the action, and looks at what came of it. `act` gives everything that the face showed; `people` whom it names
 * in place of what they are on record as, where it is a face that does.
 */
const seen = async (
  ground: Ground,
  one: Case,
  act: (laid: unknown) => Promise<string>,
  people?: () => Promise<Who>,
): Promise<Seen> => {
  const laid = await one.arrange(ground)
  const before = new Set((await decisions(ground, one)).map(({ id }) => id))
  const text = await act(laid)
  const made = (await decisions(ground, one)).filter(({ id }) => !before.has(id))
  const words = await wanted(ground, one, laid)
  const who = await people?.()
  const isShown = (word: string): boolean =>
    text.includes(word) || (who !== undefined && text.includes(withPeople(word, who)))
  const lost = words.filter((word) => !isShown(word))
  shown(lost.length === 0, 'everything that the service answers', { lost, text: text.slice(0, 2_000) })
  return {
    effect: (await one.effect?.(ground, laid)) ?? null,
    decided: made.map(({ outcome, resource, reasons }) => [outcome, resource?.kind, ...reasons].join(' ')),
    shown: one.shows !== undefined,
  }
}

/** What the face had to show. What only reads is asked for once more, over REST. */
const wanted = async (ground: Ground, one: Case, laid: unknown): Promise<readonly string[]> => {
  if (!one.shows) return []
  return one.shows((await ground.as(one.as ?? ACTOR).get(one.endpoint, one.rest(laid) as never)) as never, laid)
}

/** JSON has its own way of writing what is shown as it is elsewhere. */
const spoken = (answer: unknown): string =>
  typeof answer === 'string' ? answer : [JSON.stringify(answer), ...leaves(answer)].join('\n')

const leaves = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)]

/** Does an action by one face. */
export const FACES: Readonly<Record<Face, (ground: Ground, one: Case) => Promise<Seen>>> = {
  rest: (ground, one) =>
    seen(ground, one, async (laid) => {
      const reply = await ground.as(one.as ?? ACTOR).call(one.endpoint, one.rest(laid) as never)
      return spoken(reply.kind === 'held' ? reply : reply.answer)
    }),
  cli: (ground, one) =>
    seen(ground, one, async (laid) => {
      const { url } = ground.world.service
      const args = ['--url', url, '--data', ground.world.data, '--as', one.as ?? ACTOR, ...one.cli(laid)]
      const ran = await gatehouse(args, {})
      shown(ran.code <= 1 && ran.answer['refused'] !== true, 'the command works', ran)
      return spoken(ran.answer)
    }),
  console: (ground, one) => {
    const client = ground.as(one.as ?? ACTOR)
    const act = async (laid: unknown): Promise<string> => {
      const { ended, text } = await atConsole(client, one.console(laid))
      shown(!text.includes('Refused: ') && ended !== '! called wrongly', 'the console does it', text)
      return text
    }
    return seen(ground, one, act, () => whoIsWho(client))
  },
}
