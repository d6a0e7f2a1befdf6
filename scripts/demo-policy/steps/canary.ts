import { shown, type Step } from '../../demo/step.js'
import type { World } from '../../demo/world.js'
import { AUTHOR, demand, inForce, makeKey, reasonsOf } from '../life.js'
import { REASON } from '../rule.js'

interface Canary {
  readonly id: string
  readonly state: string
  readonly percent: number
  readonly ended_at: string | null
  readonly breach: { readonly kind: string; readonly rule: string; readonly samples: { decision_id: string }[] } | null
}

const showCanary = async (world: World, id: string): Promise<Canary> =>
  (await demand(world, 'policy', 'canary', 'show', id)) as unknown as Canary

/** Two people let a policy take over by degrees; it flips what nobody foretold, and is taken back without anybody. */
export const canaryReverted: Step = {
  name: 'canary_reverted',
  async show(world) {
    const [base, candidate] = [world.recall('revision:new'), world.recall('revision:shipped')]
    await inForce(world, base)
    const start = ['policy', 'canary', 'start', candidate, '--reason', 'back, but by degrees']
    const held = await world.cli(AUTHOR, ...start)
    shown(held.code === 1 && held.answer['held'] === true, 'a canary waits for a second person', held.answer)
    const { id: approval } = held.answer['approval'] as { id: string }
    await world.cli('reviewer', 'approvals', 'approve', approval)
    const status = await world.eventually(
      () => demand(world, 'policy', 'status'),
      ({ canary }) => canary !== null,
    )
    const begun = status['canary'] as Canary
    shown(begun?.percent === 1 && status['in_force'] === base, 'it begins at one percent, on top of the base', status)
    for (const [from, percent] of [
      ['1', 10],
      ['10', 100],
    ] as const) {
      const advance = ['policy', 'canary', 'advance', begun.id, '--from', from]
      const gone = await demand(world, ...advance, '--reason', 'few people are here')
      shown(gone['percent'] === percent, 'a person lets it go on', gone)
    }
    const made = await makeKey(world, 'acme_admin', 'by the candidate')
    const flippedAt = Date.now()
    shown(made.ran.code === 0 && made.decision.revision === candidate, 'one revision decides, and is on record', made)
    const ended = await world.eventually(
      () => showCanary(world, begun.id),
      ({ state }) => state !== 'running',
    )
    shown(ended.state === 'reverted' && ended.breach?.rule === REASON, 'it is taken back for that rule', ended)
    const samples = ended.breach.samples.map(({ decision_id }) => decision_id)
    shown(samples.includes(made.decision.id), 'the decision is kept as evidence', ended.breach)
    const revertedMs = Date.parse(ended.ended_at!) - flippedAt
    shown(revertedMs <= 5_000, 'within five seconds', revertedMs)
    const after = await makeKey(world, 'acme_admin', 'by the base again')
    shown(reasonsOf(after.ran).includes(REASON), 'the base decides again', after.ran.answer)
    return { canary: begun.id, approval, breach: ended.breach, decision: made.decision.id, reverted_ms: revertedMs }
  },
}
