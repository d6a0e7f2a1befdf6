import { shown } from '../../demo/step.js'
import { faceCase, typed, type Case } from '../case.js'
import type { Ground } from '../ground.js'

const LIMIT = 5
const FLIPS = 1_000
/** As words of a command: past decisions, few of them, and a budget that they keep. */
const BOUNDS = ['--limit', String(LIMIT), '--max-flips', String(FLIPS)]
const body = { limit: LIMIT, budget: { max_flips: FLIPS } }

/** The newest run of a candidate, once it has ended. */
const ended = async (ground: Ground, of: { draft?: string; revision?: string }) => {
  const { items } = await ground.world.eventually(
    () => ground.client.get('whatifs.list', { query: of }),
    (page) => page.items.length > 0 && page.items.every(({ ended_at }) => ended_at !== null),
    30_000,
  )
  const [run] = items
  shown(run !== undefined, 'the run is listed', items)
  const { state, decisions, flips, limit, budget, follow, verdict, fault, tenant } = run
  return { state, decisions, flips, limit, budget, follow, within: verdict?.within ?? null, fault, tenant }
}

const startDraft = faceCase({
  endpoint: 'whatifs.startDraft',
  arrange: (ground) => ground.changedDraft(),
  rest: ({ id }) => ({ params: { id }, body }),
  cli: ({ id }) => ['policy', 'what-if', id, ...BOUNDS],
  console: ({ name }) => typed(`what-if . ${BOUNDS.join(' ')}`, { row: name }),
  effect: (ground, { id }) => ended(ground, { draft: id }),
})

const startRevision = faceCase({
  endpoint: 'whatifs.startRevision',
  arrange: (ground) => ground.sealed(),
  rest: (revision) => ({ params: { revision }, body }),
  cli: (revision) => ['policy', 'what-if', revision, ...BOUNDS],
  console: (revision) => typed(`what-if . ${BOUNDS.join(' ')}`, { row: revision.slice(0, 'sha256:'.length + 12) }),
  effect: (ground, revision) => ended(ground, { revision }),
})

/** A shadow that runs until it is ended. */
const shadow = async (ground: Ground) => {
  const { id } = await ground.changedDraft()
  return ground.client.get('whatifs.startDraft', { params: { id }, body: { follow: true } })
}

const cancelled = async (ground: Ground) => {
  const { id } = await shadow(ground)
  return ground.client.get('whatifs.cancel', { params: { id } })
}

const list = faceCase({
  endpoint: 'whatifs.list',
  arrange: cancelled,
  rest: () => ({ query: {} }),
  cli: () => ['policy', 'what-ifs'],
  console: () => typed('what-ifs'),
  shows: ({ items }) => items.flatMap(({ id, state }) => [id, state]),
})

const show = faceCase({
  endpoint: 'whatifs.show',
  arrange: cancelled,
  rest: ({ id }) => ({ params: { id } }),
  cli: ({ id }) => ['policy', 'what-ifs', id],
  console: ({ id }) => typed(`what-ifs ${id}`),
  shows: ({ id, state }) => [id, state],
})

const cancel = faceCase({
  endpoint: 'whatifs.cancel',
  arrange: shadow,
  rest: ({ id }) => ({ params: { id } }),
  cli: ({ id }) => ['policy', 'what-ifs', id, '--cancel'],
  console: ({ id }) => typed(`what-ifs ${id} --cancel`),
  effect: (ground, { draft_id }) => ended(ground, { draft: draft_id! }),
})

/** What a candidate would have answered. */
export const whatIfCases: readonly Case[] = [startDraft, startRevision, list, show, cancel]
