import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ran } from '../../demo/command.js'
import { shown, type Step } from '../../demo/step.js'
import type { Person, World } from '../../demo/world.js'
import { failedStage, makeKey, reasonsOf, type Stage } from '../life.js'
import { CONTENT_TEST, runawayRule, TENANT_REASON, TENANT_RULE, TENANT_TEST, WIDENING_RULE } from '../tenant-rule.js'

/** Who writes restrictions at Acme; the owner is the second person. */
const ADMIN: Person = 'acme_admin'

/** A command that must work; its answer. */
const demand = async (world: World, person: Person, ...args: string[]): Promise<Record<string, unknown>> => {
  const ran = await world.cli(person, ...args)
  shown(ran.code === 0, `gatehouse ${args.slice(0, 3).join(' ')} works`, ran)
  return ran.answer
}

/** Writes rules and tests into a folder, and pushes them as the draft. */
const push = async (world: World, name: string, [rule, test]: readonly [string, string]): Promise<void> => {
  const folder = join(world.folder, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'tenant.rego'), rule)
  writeFileSync(join(folder, 'tenant_test.rego'), test)
  await demand(world, ADMIN, 'policy', 'tenant', 'push', folder)
}

const verify = (world: World): Promise<Ran> => world.cli(ADMIN, 'policy', 'tenant', 'verify')

/** The draft in force, by two people of the organisation; whoever asked cannot agree, and nor can the platform. */
const putInForce = async (world: World, reason: string): Promise<string> => {
  const held = await world.cli(ADMIN, 'policy', 'tenant', 'activate', '--reason', reason)
  shown(held.code === 1 && held.answer['held'] === true, 'it waits for a second person', held.answer)
  const { id } = held.answer['approval'] as { id: string }
  const own = await world.cli(ADMIN, 'approvals', 'approve', id)
  shown(own.code === 1, 'whoever asked cannot agree', own.answer)
  const platform = await world.cli('operator', 'approvals', 'approve', id)
  shown(platform.code === 1, "nor can the platform's people", platform.answer)
  const voted = await world.cli('acme_owner', 'approvals', 'approve', id, '--comment', 'read it')
  shown(
    voted.code === 0 && voted.answer['state'] === 'approved',
    'a second person of the organisation agrees',
    voted.answer,
  )
  const ran = await world.eventually(
    () => world.cli(ADMIN, 'policy', 'tenant', 'show'),
    ({ code, answer }) => code === 0 && (answer['in_force'] as { reason?: string } | null)?.reason === reason,
  )
  const inForce = ran.answer['in_force'] as { module: string; reason: string } | null
  shown(inForce?.reason === reason, 'it is in force', ran.answer)
  return inForce.module
}

const tenantCannotWiden: Step = {
  name: 'tenant_cannot_widen',
  async show(world) {
    await push(world, 'widening', [WIDENING_RULE, CONTENT_TEST])
    const refused = await verify(world)
    const stages = (refused.answer['checks'] as { stages: Stage[] } | undefined)?.stages
    shown(refused.code === 1 && failedStage(stages)?.name === 'budget', 'there is no effect that permits', stages)

    await push(world, 'restricting', [TENANT_RULE, TENANT_TEST])
    const verified = await verify(world)
    const whatIf = verified.answer['what_if'] as { denied: number; decisions: number } | null
    shown(verified.code === 0 && (whatIf?.denied ?? 0) > 0, 'it says what it would have denied', verified.answer)
    const module = await putInForce(world, 'keys come from owners')

    const admin = await makeKey(world, ADMIN, 'under restrictions')
    shown(
      admin.ran.code === 1 && reasonsOf(admin.ran).includes(TENANT_REASON),
      'it denies what the platform allows',
      admin.ran,
    )
    const owner = await makeKey(world, 'acme_owner', "an owner's, under restrictions")
    shown(owner.ran.code === 0, 'where it says nothing the platform decides: allowed', owner.ran)
    const member = await world.cli('acme_member', 'keys', 'create', "a member's")
    const denied = reasonsOf(member)
    shown(denied.includes('admin.scope_missing'), 'where it says nothing the platform decides: denied', member)
    const other = await makeKey(world, 'globex_admin', 'of others')
    shown(other.ran.code === 0, 'it is nothing to other organisations', other.ran)

    const replayed = await world.cli('operator', 'decisions', 'replay', admin.decision.id)
    shown(replayed.code === 0 && replayed.answer['equal'] === true, 'replayed it gives the same bytes', replayed.answer)
    return { module, what_if: whatIf, reasons: reasonsOf(admin.ran), decision: admin.decision.id, platform: denied }
  },
}

const runawayTenantAloneRefused: Step = {
  name: 'runaway_tenant_alone_refused',
  async show(world) {
    const me = await world.request(ADMIN, '/v1/whoami')
    const { id } = me.body['tenant'] as { id: string }
    await push(world, 'runaway', [runawayRule(id), CONTENT_TEST])
    const verified = await verify(world)
    shown(verified.code === 0, 'nothing that was decided before shows it', verified.answer)
    const module = await putInForce(world, 'to see it stopped')

    const refused = await world.cli(ADMIN, 'keys', 'list')
    shown(refused.answer['code'] === 'tenant_policy.unavailable', 'it refuses its own organisation', refused.answer)
    const other = await world.cli('globex_admin', 'keys', 'list')
    shown(other.code === 0, 'and nobody else', other.answer)
    const operator = await world.cli('operator', 'keys', 'list')
    shown(operator.code === 0, "nor the platform's people", operator.answer)

    const back = await demand(world, ADMIN, 'policy', 'tenant', 'rollback', '--reason', 'it does not end')
    shown(back['kind'] === 'rollback', 'its people go back by themselves', back)
    const mended = await world.cli(ADMIN, 'keys', 'list')
    shown(mended.code === 0, 'and decide again', mended.answer)
    await demand(world, ADMIN, 'policy', 'tenant', 'rollback', '--to', '0', '--reason', 'the demo is over')
    return { module, refused: refused.answer['code'], decision: refused.answer['decision_id'], back: back['seq'] }
  },
}

/** What an organisation puts on top of the platform's policy can only narrow it, and falls on itself alone. */
export const tenantSteps: readonly Step[] = [tenantCannotWiden, runawayTenantAloneRefused]
