import { randomUUID } from 'node:crypto'
import { shown } from '../../demo/step.js'
import type { Answer, Person } from '../../demo/world.js'
import { hostile, type HostileCase, type Observed } from '../case.js'
import { HOSTILE, SECRET_OF_ACME, type ServiceGround } from '../grounds/service.js'

/** How many callers race each other. */
const RACERS = 12
const REUSED = 'idempotency.key_reused'
const ID = 'x-gatehouse-execution-id'

const race = (name: string, expected: string | string[], attack: (race: Race) => Promise<Observed>): HostileCase =>
  hostile<'service'>({
    name: `idempotency: ${name}`,
    ground: 'service',
    expected,
    attack: (ground) => attack(new Race(ground)),
  })

/** One key that several callers want. What a guest sends to the open host counts how often it ran. */
class Race {
  private readonly key = `"${randomUUID()}"`
  private readonly before: number

  constructor(readonly ground: ServiceGround) {
    this.before = ground.hosts.requests
  }

  /** How often a guest reached the host since the race began. */
  get effects(): number {
    return this.ground.hosts.requests - this.before
  }

  call(person: Person, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ground.call(person, path, body, { 'idempotency-key': this.key, ...headers })
  }

  /** Sends a request to the open host under the key. */
  fetch(person: Person, path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const url = `http://localhost:${this.ground.hosts.open}${path}`
    return this.call(person, '/fetch', { method: 'GET', headers: [], url }, headers)
  }

  /** The same request from many at once. */
  together(one: (at: number) => Promise<Answer>): Promise<Answer[]> {
    return Promise.all(Array.from({ length: RACERS }, (_, at) => one(at)))
  }

  /** Begins a call that stops in the middle: its guest waits for the host. */
  async begin(): Promise<{ readonly first: Promise<Answer> }> {
    // What an earlier race left behind is not ours.
    this.ground.hosts.letGo()
    const first = this.fetch('acme_member', '/open/held')
    await this.ground.hosts.holding()
    return { first }
  }
}

const codeOf = ({ status, body }: Answer): string => String(body['code'] ?? status)
const seenOf = (answers: readonly Answer[]): unknown =>
  answers.map((answer) => [codeOf(answer), answer.headers.get('idempotent-replayed'), answer.headers.get(ID)])

/** Whether all got the one answer of the one run. */
const judged = ({ effects }: Race, answers: readonly Answer[]): Observed => {
  const runs = new Set(answers.map(({ headers }) => headers.get(ID) ?? headers.get('x-gatehouse-decision-id')))
  const codes = [...new Set(answers.map(codeOf))]
  const once = effects === 1 && codes.length === 1
  return {
    code: once ? `once, ${codes[0]}` : codes.join(' '),
    escaped: effects > 1,
    seen: [runs.size, seenOf(answers)],
  }
}

/** Engages the switch for the guest, sees how its calls end, and releases it by two people. */
const killed = async <T>({ world }: ServiceGround, during: () => Promise<T>): Promise<T> => {
  const engaged = await world.cli('operator', 'kill', 'extension', HOSTILE, '--reason', 'it races')
  shown(engaged.code === 0, 'the switch engages', engaged)
  const { order } = engaged.answer as { order: { id: string } }
  const ended = await during()
  const held = await world.cli('operator', 'kills', 'release', order.id, '--reason', 'the race is over')
  const { id } = (held.answer['approval'] ?? {}) as { id?: string }
  shown(id !== undefined, 'the release waits for a second person', held)
  const voted = await world.cli('security_lead', 'approvals', 'approve', id, '--comment', 'agreed')
  shown(voted.code === 0, 'a second person agrees', voted)
  await world.eventually(
    () => world.request('acme_member', `/api/ext/${HOSTILE}/echo`, { method: 'POST', body: {} }),
    ({ status }) => status === 200,
  )
  return ended
}

/** A key is one organisation's, one caller's and one request's, however many ask at once. */
export const idempotency: readonly HostileCase[] = [
  race('the same request, many at once', 'once, 200', async (its) =>
    judged(its, await its.together(() => its.fetch('acme_member', '/open/one'))),
  ),
  race('the same request, many while the first is at work', 'once, 200', async (its) => {
    const { first } = await its.begin()
    const others = its.together(() => its.fetch('acme_member', '/open/held'))
    await its.ground.world.request('acme_member', '/v1/whoami')
    its.ground.hosts.letGo()
    return judged(its, [await first, ...(await others)])
  }),
  race('the same request, not waited for, many at once', 'once, 202', async (its) => {
    const answers = await its.together(() => its.fetch('acme_member', '/open/one', { prefer: 'respond-async' }))
    const ids = new Set(answers.map(({ body }) => body['id']))
    await its.ground.world.eventually(
      () => its.ground.world.request('acme_member', `/v1/calls/${[...ids][0]}`),
      ({ body }) => body['state'] === 'done',
    )
    const { escaped, ...observed } = judged(its, answers)
    return { ...observed, escaped: escaped || ids.size > 1 }
  }),
  race('other bodies, many at once', REUSED, async (its) => {
    const answers = await its.together((at) => its.fetch('acme_member', `/open/${at}`))
    const refused = answers.filter((answer) => codeOf(answer) === REUSED).length
    const code = refused === RACERS - 1 ? REUSED : `${refused} refused`
    return { code, escaped: its.effects > 1, seen: seenOf(answers) }
  }),
  race('another body while the first is at work', REUSED, async (its) => {
    const { first } = await its.begin()
    const other = await its.fetch('acme_member', '/open/other')
    its.ground.hosts.letGo()
    const { status } = await first
    return { code: codeOf(other), escaped: its.effects > 1 || status !== 200, seen: seenOf([other]) }
  }),
  race('a colleague while the first is at work', REUSED, async (its) => {
    const { first } = await its.begin()
    const colleague = await its.fetch('acme_admin', '/open/held')
    its.ground.hosts.letGo()
    await first
    return { code: codeOf(colleague), escaped: its.effects > 1 || colleague.status < 400, seen: colleague.body }
  }),
  race('another organisation at once', 'its own', async (its) => {
    const people: readonly Person[] = ['acme_member', 'globex_admin']
    const answers = await its.together((at) => its.call(people[at % 2]!, '/secret', { name: 'token' }))
    const theirs = answers.filter((_, at) => at % 2 === 1)
    const own = answers.filter((_, at) => at % 2 === 0).every(({ body }) => body['value'] === SECRET_OF_ACME)
    const escaped = theirs.some(({ body }) => JSON.stringify(body).includes(SECRET_OF_ACME))
    const apart = theirs.every(({ body }) => body['code'] === 'capability.secret_unset')
    return { code: own && apart ? 'its own' : 'mixed', escaped, seen: seenOf(answers) }
  }),
  race('another organisation while the first is at work', 'its own', async (its) => {
    const { first } = await its.begin()
    const theirs = await its.fetch('globex_admin', '/open/one')
    its.ground.hosts.letGo()
    const mine = await first
    const apart = its.effects === 2 && theirs.headers.get('idempotent-replayed') === null
    const escaped = JSON.stringify(theirs.body).includes('held') || theirs.headers.get(ID) === mine.headers.get(ID)
    return {
      code: apart ? 'its own' : codeOf(theirs),
      escaped: escaped && apart === false,
      seen: seenOf([mine, theirs]),
    }
  }),
  race('another organisation asks for the answer', ['404', 'not_found'], async (its) => {
    const begun = await its.call('acme_member', '/secret', { name: 'token' }, { prefer: 'respond-async' })
    const result = `/v1/calls/${String(begun.body['id'])}/result`
    const mine = await its.ground.world.eventually(
      () => its.ground.world.request('acme_member', result),
      ({ status }) => status === 200,
    )
    shown(JSON.stringify(mine.body).includes(SECRET_OF_ACME), 'whoever asked gets it', mine.body)
    const theirs = await its.ground.world.request('globex_admin', result)
    return { code: codeOf(theirs), escaped: theirs.status < 400, seen: theirs.body }
  }),
  race('the same request while the first is killed, and again afterwards', 'execution.killed', async (its) => {
    const { first } = await its.begin()
    const others = its.together(() => its.fetch('acme_member', '/open/held'))
    const ended = await killed(its.ground, async () => [await first, ...(await others)])
    const again = await its.fetch('acme_member', '/open/held')
    const refusals = ['execution.killed', 'kill.engaged']
    const stopped = ended.every((answer) => refusals.includes(codeOf(answer)))
    const code = stopped ? codeOf(again) : 'not stopped'
    return { code, escaped: its.effects > 1, seen: seenOf([...ended, again]) }
  }),
  race('the same request after the service was killed in the middle', 'call.interrupted', async (its) => {
    const { first } = await its.begin()
    const lost = first.catch(() => undefined)
    await its.ground.world.crash()
    await lost
    const { world } = its.ground
    const again = await world.eventually(
      () => its.fetch('acme_member', '/open/held'),
      (answer) => codeOf(answer) !== 'call.in_progress',
      60_000,
    )
    its.ground.hosts.letGo()
    return { code: codeOf(again), escaped: its.effects > 1, seen: seenOf([again]) }
  }),
  race('two keys in one request', 'request.invalid', async (its) => {
    const answer = await its.fetch('acme_member', '/open/one', { 'idempotency-key': '"one", "other"' })
    return { code: codeOf(answer), escaped: its.effects > 0, seen: answer.body }
  }),
]
