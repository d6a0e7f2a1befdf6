import { shown, type Step } from '../../demo/step.js'
import { CAST, DOMAIN, PEOPLE, peopleOf } from '../company.js'
import { ScimClient, userResource } from '../scim-client.js'
import type { IdentityWorld } from '../world.js'

const DEPARTMENT = 'Field sales'
/** The share of people that passes within the hour, as connections have it unless told otherwise. */
const PASSES = PEOPLE / 10

interface Brake {
  readonly id: string
  readonly state: string
  readonly count: number
  readonly passed: number
  readonly approval_id: string
}

const theBrake = async ({ base }: IdentityWorld): Promise<Brake> => {
  const listed = await base.cli('acme_admin', 'scim', 'brake', 'list', '--all')
  const [brake] = listed.answer['items'] as Brake[]
  shown(brake !== undefined, 'there is a brake', listed.answer)
  return brake
}

const inactive = async (world: IdentityWorld): Promise<number> =>
  (await world.scim().find('/Users', 'active eq false')).total

/** Ids of the department's people who are still let in. */
const stillHere = (world: IdentityWorld): string[] =>
  peopleOf(DEPARTMENT)
    .map(({ email }) => world.idOf(email))
    .filter((id) => !world.gone.has(id))

const massDeprovisionBraked: Step<IdentityWorld> = {
  name: 'mass_deprovision_braked',
  async show(world) {
    const gone = await inactive(world)
    const ids = stillHere(world)
    const answers = await world.scim().deactivateAll(ids)
    const passed = ids.filter((_, at) => answers[at]?.status === 200)
    for (const id of passed) world.gone.add(id)
    const held = answers.filter(({ status }) => status === 429)
    shown(passed.length > 0 && passed.length + gone === PASSES, 'a tenth of the people went within the hour', {
      passed: passed.length,
      gone,
    })
    shown(held.length === ids.length - passed.length, 'everybody else is held off', held.length)
    shown(
      held.every(({ retryAfter }) => Number(retryAfter) > 0),
      'and the directory is told to come again',
      held[0],
    )
    shown((await inactive(world)) === gone + passed.length, 'nobody whom it held off has lost anything', held.length)
    const brake = await theBrake(world)
    shown(brake.state === 'held' && brake.count === held.length, 'people are asked about exactly those', brake)
    const approval = await world.base.request('acme_admin', `/v1/approvals/${brake.approval_id}`)
    shown(approval.body['state'] === 'open', 'it waits for somebody', approval.body)
    world.base.known.set('brake', brake.id)
    return {
      asked: ids.length,
      passed: passed.length,
      held: held.length,
      brake: brake.id,
      retry_after: held[0]?.retryAfter,
    }
  },
}

interface Effects {
  readonly created: object[]
  readonly changed: { readonly kind: string; readonly member?: string }[]
  readonly loses_access: object[]
  readonly refused: { readonly status: number }[]
}

const previewed: Step<IdentityWorld> = {
  name: 'previewed',
  async show(world) {
    const { base, secrets, url } = world
    const connection = base.recall('connection')
    const token = await base.cli('acme_admin', 'scim', 'preview', connection)
    shown(token.code === 0, 'an administrator gets a token for a dry run', token.stderr)
    secrets.set('preview', String(token.answer['secret']))
    const preview = new ScimClient(url, world.secret('preview'))
    const newcomer = { email: `newcomer@${DOMAIN}`, givenName: 'Kim', familyName: 'Novak' }
    const leaver = peopleOf('Engineering').at(-3)
    const statuses = [
      await preview.ask('POST', '/Users', userResource(newcomer)),
      await preview.patch(`/Groups/${world.idOf('Engineering')}`, {
        ...{ op: 'remove', path: `members[value eq "${world.idOf(leaver!.email)}"]` },
      }),
      await preview.deactivate(stillHere(world)[0]!),
    ].map(({ status }) => status)
    shown(statuses[0] === 201 && statuses[2] === 429, 'each is answered as it would be', statuses)
    const told = await base.cli('acme_admin', 'scim', 'preview', connection, '--results')
    const would = told.answer as unknown as Effects
    shown(would.created?.length === 1, 'it is told who would be made', told.answer)
    const [change] = would.changed
    shown(change?.member === world.idOf(leaver!.email), 'who would leave a group', would)
    shown(would.refused.length === 1 && would.loses_access.length === 0, 'and what the brake would hold off', would)
    const { total } = await world.scim().find('/Users', `userName eq "${newcomer.email}"`)
    shown(total === 0, 'nobody was made', total)
    const brake = await theBrake(world)
    shown(brake.count === stillHere(world).length, 'nothing was added to what waits', brake)
    const who = await base.cli('acme_admin', 'scim', 'rules', 'who', leaver!.email)
    shown((who.answer['by_groups'] as object[]).length === 1, 'nobody left a group', who.answer)
    return { statuses, would: { created: would.created, changed: would.changed }, brake_lists: brake.count }
  },
}

const released: Step<IdentityWorld> = {
  name: 'released',
  async show(world) {
    const { base } = world
    const before = await inactive(world)
    const listed = stillHere(world)
    const voted = await base.cli(
      'acme_admin',
      'scim',
      'brake',
      'release',
      base.recall('brake'),
      '--comment',
      'they left',
    )
    shown(voted.code === 0 && voted.answer['count'] === listed.length, 'somebody lets go whom it lists', voted)
    const brake = await base.eventually(
      () => theBrake(world),
      ({ state }) => state === 'released',
    )
    shown(brake.state === 'released', 'the brake is open for them', brake)
    const answers = await world.scim().deactivateAll(listed)
    const refused = answers.filter(({ status }) => status !== 200)
    shown(refused.length === 0, 'each of them passes when it is sent again', refused.slice(0, 3))
    shown((await inactive(world)) === before + listed.length, 'and they alone', before + listed.length)
    const other = await world.scim().deactivate(world.idOf(CAST.stays.email))
    shown(other.status === 429, 'somebody who was not listed is held off as before', other)
    return { brake: brake.id, approval: brake.approval_id, passed: answers.length, another: other.status }
  },
}

/** What is done where many go at once, in this order. */
export const brakingSteps: readonly Step<IdentityWorld>[] = [massDeprovisionBraked, previewed, released]
