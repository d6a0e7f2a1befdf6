import { lockfilePath } from '../guests.js'
import { shown, type Step } from '../step.js'
import { AUDITOR, MISBEHAVER } from './publish.js'

const killed: Step = {
  name: 'killed',
  async show(world) {
    const requests = world.rates.requests
    const inFlight = world.request('acme_member', `/api/ext/${MISBEHAVER}/wait`, { method: 'POST', body: {} })
    await world.eventually(
      async () => world.rates.requests,
      (count) => count > requests,
    )
    const engaged = await world.cli('operator', 'kill', 'extension', MISBEHAVER, '--reason', 'the demo says so')
    shown(engaged.code === 0, 'the switch engages and every node acknowledges', engaged.answer)
    const ended = await inFlight
    shown(ended.body['code'] === 'execution.killed', 'the call in flight is ended', ended)
    const refused = await world.request('acme_member', `/api/ext/${MISBEHAVER}/fine`, { method: 'POST', body: {} })
    shown(refused.body['code'] === 'kill.engaged', 'a new call is refused', refused)
    const { order } = engaged.answer as { order: { id: string; decision_id: string } }
    world.known.set('kill', order.id)
    world.known.set('decision:killed', order.decision_id)
    return {
      order: order.id,
      nodes: engaged.answer['nodes'],
      in_flight: ended.body['code'],
      new_call: refused.body['code'],
      decision_id: order.decision_id,
    }
  },
}

const neighbourUnaffected: Step = {
  name: 'neighbour_unaffected',
  async show(world) {
    const done = await world.cli('acme_member', 'call', AUDITOR, '/audit', '--body', `@${lockfilePath}`)
    shown(done.code === 0, 'another extension answers while one is killed', done)
    return { decision_id: done.answer['decision_id'] }
  },
}

const released: Step = {
  name: 'released',
  async show(world) {
    const held = await world.cli('operator', 'kills', 'release', world.recall('kill'), '--reason', 'the demo goes on')
    shown(held.answer['held'] === true, 'one person alone cannot release', held.answer)
    const { id } = held.answer['approval'] as { id: string }
    const voted = await world.cli('security_lead', 'approvals', 'approve', id, '--comment', 'agreed')
    shown(voted.code === 0, 'a second person agrees', voted.answer)
    const answer = await world.eventually(
      () => world.request('acme_member', `/api/ext/${MISBEHAVER}/fine`, { method: 'POST', body: {} }),
      ({ status }) => status === 200,
    )
    shown(answer.status === 200, 'calls go through again', answer)
    return { approval: id, decision_id: answer.headers.get('x-gatehouse-decision-id') }
  },
}

export const killSteps: readonly Step[] = [killed, neighbourUnaffected, released]
