import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shown, type Step } from '../../demo/step.js'
import type { World } from '../../demo/world.js'
import { AUTHOR, demand, makeKey, reasonsOf } from '../life.js'
import { REASON, RULE_FILE } from '../rule.js'
import { treeOf } from './drafts.js'

/** How long the demo's waiver lasts: as long as it takes to grant and use it, and not much longer. */
const WAIVER_MS = 15_000

/** An edit of a draft after its approval was asked for: the vote no longer counts, and it is sealed and asked for anew. */
export const editVoidsApproval: Step = {
  name: 'edit_voids_approval',
  async show(world) {
    const [approval, draft] = [world.recall('approval'), world.recall('draft')]
    const file = join(treeOf(world), RULE_FILE)
    const rules = readFileSync(file, 'utf8')
    appendFileSync(file, '\n# One more thought.\n')
    const edited = await demand(world, 'policy', 'push', treeOf(world), '--draft', draft)
    shown(edited['state'] === 'open' && edited['checked'] === false, 'the draft is open and unchecked again', edited)
    const { answer: voided } = await world.cli('reviewer', 'approvals', 'show', approval)
    shown(voided['state'] === 'voided', 'what waited is void', voided)
    const vote = await world.cli('reviewer', 'approvals', 'approve', approval)
    shown(vote.code === 1 && reasonsOf(vote).includes('admin.vote_closed'), 'a vote on it is refused', vote.answer)

    writeFileSync(file, rules)
    await demand(world, 'policy', 'push', treeOf(world), '--draft', draft)
    await demand(world, 'policy', 'verify', draft)
    const { revision } = await demand(world, 'policy', 'seal', draft)
    shown(revision === world.recall('revision:new'), 'taken back, the draft is sealed as what it was', revision)
    const again = await world.cli(AUTHOR, 'policy', 'activate', String(revision), '--reason', 'keys come from owners')
    shown(again.answer['held'] === true, 'and is asked for anew', again.answer)
    const { id } = again.answer['approval'] as { id: string }
    shown(id !== approval, 'by another approval', id)
    world.known.set('approval', id)
    return { voided: approval, because: voided['voided_because'], refused: reasonsOf(vote), approval: id }
  },
}

const goBackTo = (world: World, name: 'revision:new' | 'revision:shipped', reason: string) =>
  demand(world, 'policy', 'rollback', world.recall(name), '--reason', reason)

/** For a moment one organisation is let off the rule, by two people; then the rule holds again by itself. */
export const waiverAppliedAndExpired: Step = {
  name: 'waiver_applied_and_expired',
  async show(world) {
    await goBackTo(world, 'revision:new', 'the admins know by now')
    const { tenant } = (await world.request('acme_admin', '/v1/whoami')).body as { tenant: { id: string } }
    const never = ['admin.scope_missing', '--tenant', tenant.id, '--until', '30d', '--reason', 'to see it refused']
    const unwaivable = await world.cli(AUTHOR, 'policy', 'waivers', 'request', ...never)
    const refused = reasonsOf(unwaivable)
    shown(refused.includes('admin.waiver_not_waivable'), 'not every rule can be waived', unwaivable.answer)

    const until = new Date(Date.now() + WAIVER_MS)
    const wanted = [REASON, '--tenant', tenant.id, '--until', until.toISOString(), '--reason', 'the owner is at sea']
    const held = await world.cli(AUTHOR, 'policy', 'waivers', 'request', ...wanted)
    shown(held.code === 1 && held.answer['held'] === true, 'a waiver waits for a second person', held.answer)
    const { id: approval } = held.answer['approval'] as { id: string }
    const self = await world.cli(AUTHOR, 'approvals', 'approve', approval)
    shown(reasonsOf(self).includes('admin.self_vote'), 'whoever asked cannot agree', self.answer)
    await world.cli('reviewer', 'approvals', 'approve', approval)

    const { ran, decision } = await world.eventually(
      () => makeKey(world, 'acme_admin', 'under a waiver'),
      (made) => made.ran.code === 0 || Date.now() > until.getTime(),
    )
    shown(ran.code === 0 && decision.outcome === 'allow', 'the rule does not count meanwhile', ran.answer)
    const why = await world.cli('acme_admin', 'why', decision.id)
    const [waived] = why.answer['waived'] as { reason: string; waiver: string }[]
    shown(waived?.reason === REASON, 'the decision says what was waived', why.answer)
    const replayed = await world.cli('operator', 'decisions', 'replay', decision.id)
    shown(replayed.answer['equal'] === true, 'replayed it gives the same bytes', replayed.answer)

    const after = await world.eventually(
      () => makeKey(world, 'acme_admin', 'after the waiver'),
      (made) => made.ran.code !== 0,
      2 * WAIVER_MS,
    )
    shown(reasonsOf(after.ran).includes(REASON), 'past its end the rule counts again', after.ran.answer)
    shown(Date.now() >= until.getTime(), 'and not before', until)
    const waiver = await demand(world, 'policy', 'waivers', 'show', waived.waiver)
    const acted = (waiver['acted'] as { decision_id: string }[]).map(({ decision_id }) => decision_id)
    shown(waiver['state'] === 'expired' && acted.includes(decision.id), 'it shows where it acted', waiver)
    await goBackTo(world, 'revision:shipped', 'what follows is shown under the policy that ships')
    return { waiver: waiver['id'], refused, acted, until: waiver['until'], decision_after: after.decision.id }
  },
}
