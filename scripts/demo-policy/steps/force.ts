import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shown, type Step } from '../../demo/step.js'
import type { World } from '../../demo/world.js'
import { AUTHOR, demand, inForce, makeKey, reasonsOf } from '../life.js'
import { REASON } from '../rule.js'
import { treeOf } from './drafts.js'

const selfApprovalRefused: Step = {
  name: 'self_approval_refused',
  async show(world) {
    const revision = world.recall('revision:new')
    const held = await world.cli(AUTHOR, 'policy', 'activate', revision, '--reason', 'keys come from owners')
    shown(held.code === 1 && held.answer['held'] === true, 'an activation waits for a second person', held.answer)
    const { id } = held.answer['approval'] as { id: string }
    const refused = await world.cli(AUTHOR, 'approvals', 'approve', id)
    shown(refused.code === 1, 'whoever asked cannot agree', refused.answer)
    const { answer: after } = await world.cli('reviewer', 'approvals', 'show', id)
    shown(after['state'] === 'open', 'it still waits', after)
    const { revision: subject } = after['subject'] as { revision: string }
    shown(subject === revision, 'it is bound to the revision', after['subject'])
    world.known.set('approval', id)
    return { approval: id, reasons: reasonsOf(refused), subject_digest: after['subject_digest'] }
  },
}

const approved: Step = {
  name: 'approved',
  async show(world) {
    const voted = await world.cli('reviewer', 'approvals', 'approve', world.recall('approval'), '--comment', 'read it')
    shown(voted.code === 0 && voted.answer['state'] === 'approved', 'a second person agrees', voted.answer)
    return { approval: world.recall('approval'), votes: (voted.answer['votes'] as unknown[]).length }
  },
}

const activated: Step = {
  name: 'activated',
  async show(world) {
    const revision = world.recall('revision:new')
    const { instances } = await inForce(world, revision)
    const { ran, decision } = await makeKey(world, 'acme_admin', 'during')
    shown(ran.code === 1 && reasonsOf(ran).includes(REASON), 'an admin no longer makes keys', ran.answer)
    shown(
      decision.revision === world.recall('bundle:new'),
      'the decision carries module and data that made it',
      decision,
    )
    const owner = await makeKey(world, 'acme_owner', "an owner's")
    shown(owner.ran.code === 0, 'an owner still makes keys', owner.ran)
    world.known.set('decision:during', decision.id)
    return {
      revision,
      instances: instances.length,
      outcome: decision.outcome,
      reasons: reasonsOf(ran),
      decision: decision.id,
    }
  },
}

interface Place {
  readonly file: string
  readonly line: number
}

/** OPA's interpreter enters the same rule, reads the facts that it names, and gives the recorded bytes. */
const shownByTrace = async (world: World, place: Place): Promise<Record<string, unknown>> => {
  const traced = await world.cli('acme_admin', 'policy', 'trace', world.recall('decision:during'))
  shown(traced.code === 0 && traced.answer['agrees'] === true, 'opa gives the recorded bytes', traced.answer)
  const rules = traced.answer['rules'] as (Place & { id: string | null; held: boolean })[]
  const rule = rules.find(({ id }) => id === REASON)
  shown(
    rule?.held === true && rule.file === place.file && rule.line === place.line,
    'it entered the rule at its place',
    rules,
  )
  const facts = traced.answer['facts'] as { path: string; value?: unknown }[]
  const action = facts.find(({ path }) => path === '/action')
  shown(action?.value === 'key.create', 'it names the facts that were read', facts)
  const { expected_digest, actual_digest } = traced.answer
  return { agrees: true, expected_digest, actual_digest, rules: rules.length, facts: facts.map(({ path }) => path) }
}

/** The same facts, but of an owner, are allowed; under the policy that ships they were allowed as they are. */
const shownByTry = async (world: World): Promise<Record<string, unknown>> => {
  const same = ['policy', 'try', '--decision', world.recall('decision:during')]
  const owner = await world.cli('acme_admin', ...same, '--set', '/actor/roles/0="owner"')
  shown(owner.answer['outcome'] === 'allow', 'an owner would be allowed', owner)
  const before = await world.cli(AUTHOR, ...same, '--revision', world.recall('revision:shipped'))
  shown(before.answer['outcome'] === 'allow', 'the policy before would have allowed it', before)
  return { owner: owner.answer['changed'], shipped: before.answer['changed'] }
}

const explained: Step = {
  name: 'explained',
  async show(world) {
    const why = await world.cli('acme_admin', 'why', world.recall('decision:during'))
    const reasons = why.answer['reasons'] as { id: string; message: string; remedy: string }[]
    const reason = reasons.find(({ id }) => id === REASON)
    shown(reason !== undefined && reason.remedy.length > 0, 'the reason comes with words and a remedy', why.answer)
    const rules = why.answer['rules'] as { id: string; location: { file: string; line: number } | null }[]
    const location = rules.find(({ id }) => id === REASON)?.location
    shown(!!location, 'the rule comes with its place', rules)
    const line = readFileSync(join(treeOf(world), location.file), 'utf8').split('\n')[location.line - 1] ?? ''
    shown(line.includes(REASON), 'where the rule stands in the working tree', { location, line })
    const traced = await shownByTrace(world, location)
    const tried = await shownByTry(world)
    return { decision: why.answer['id'], reason: reason.id, remedy: reason.remedy, location, line, traced, tried }
  },
}

const rolledBack: Step = {
  name: 'rolled_back',
  async show(world) {
    const shipped = world.recall('revision:shipped')
    // Nothing was activated before, so there is no last one: the policy that ships is named.
    await demand(world, 'policy', 'rollback', shipped, '--reason', 'the admins were not told')
    await inForce(world, shipped)
    const { ran, decision } = await makeKey(world, 'acme_admin', 'after')
    shown(ran.code === 0 && decision.revision === shipped, 'an admin makes keys again', { ran, decision })
    world.known.set('decision:after', decision.id)
    const { activations } = (await demand(world, 'policy', 'history')) as {
      activations: { kind: string; seq: number }[]
    }
    shown(activations.map(({ kind }) => kind).join() === 'rollback,activate', 'both changes are on record', activations)
    return { revision: shipped, decision: decision.id, changes: activations.map(({ kind, seq }) => ({ kind, seq })) }
  },
}

const replayedUnderEachRevision: Step = {
  name: 'replayed_under_each_revision',
  async show(world) {
    const replays: { decision: string; revision: unknown; digest: unknown }[] = []
    for (const name of ['before', 'during', 'after']) {
      const decision = world.recall(`decision:${name}`)
      const replayed = await world.cli('operator', 'decisions', 'replay', decision)
      shown(replayed.code === 0 && replayed.answer['equal'] === true, `${name} gives the same bytes`, replayed.answer)
      const recorded = await world.request('operator', `/v1/decisions/${decision}`)
      replays.push({ decision, revision: recorded.body['revision'], digest: replayed.answer['actual_digest'] })
    }
    shown(new Set(replays.map(({ revision }) => revision)).size === 2, 'two revisions made them', replays)
    shown(replays[0]?.digest === replays[2]?.digest, 'before and after the answer is the same', replays)
    shown(replays[0]?.digest !== replays[1]?.digest, 'and between them it is another one', replays)
    return { replays }
  },
}

const killWithCorruptWasm: Step = {
  name: 'kill_with_corrupt_wasm',
  async show(world) {
    const module = join(world.data, 'policies', world.recall('revision:shipped').replace(':', '-'), 'policy.wasm')
    copyFileSync(module, `${module}.kept`)
    const bytes = readFileSync(module)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff
    writeFileSync(module, bytes)
    await world.restart()
    const refused = await world.cli('acme_admin', 'keys', 'create', 'under no policy')
    shown(refused.answer['code'] === 'policy.unavailable', 'nothing is allowed while policy is broken', refused.answer)
    const engaged = await world.cli('operator', 'kill', 'tenant', 'globex', '--reason', 'policy is broken')
    shown(engaged.code === 0, 'the kill switch engages all the same', engaged.answer)
    const { order } = engaged.answer as { order: { id: string; decision_id: string } }
    copyFileSync(`${module}.kept`, module)
    await world.restart()
    const decision = await world.request('operator', `/v1/decisions/${order.decision_id}`)
    shown(decision.body['decided_by'] === 'floor', 'the floor decided it', decision.body)
    const { decision: mended } = await makeKey(world, 'acme_admin', 'mended')
    shown(mended.outcome === 'allow', 'with its bytes back, policy decides again', mended)
    return { refused: refused.answer['code'], order: order.id, decided_by: 'floor', decision: order.decision_id }
  },
}

/** What is in force decides, by two people, and can be taken back, explained and replayed. */
export const forceSteps: readonly Step[] = [
  selfApprovalRefused,
  approved,
  activated,
  explained,
  rolledBack,
  replayedUnderEachRevision,
  killWithCorruptWasm,
]
