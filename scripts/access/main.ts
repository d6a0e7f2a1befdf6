import { isDeepStrictEqual, parseArgs } from 'node:util'
import type { Postgres } from '../demo/postgres.js'
import { World } from '../demo/world.js'
import { layGround, type Asked, type Ground } from './ground.js'
import { Random } from './random.js'
import { nextRequest, type Request } from './requests.js'
import { askedVerdict, readLedger, realVerdict, sendReally, type Sent, type Verdict } from './verdicts.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    questions: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
})
const QUESTIONS = Number(values.questions)
/** How many questions are asked about somebody else than who sends the request: that must be noticed. */
const BROKEN = Math.min(300, QUESTIONS)
const SHOWN = 10
/** Requests whose decisions are looked up at once. */
const BATCH = 250
const LEAST_ALLOWED = 0.2

interface Tally {
  questions: number
  readonly disagreements: object[]
  readonly outcomes: Record<string, number>
}

interface Comparing {
  readonly ground: Ground
  readonly random: Random
  readonly postgres: Postgres
  /** Who sends the request that was asked about of `who`: the same, where nothing is broken. */
  readonly sender: (who: Asked) => Asked
}

interface Pair {
  readonly who: Asked
  readonly request: Request
  readonly asked: Verdict
  readonly sent: Sent
}

/** Asks about one person's request, and then sends it. */
const nextPair = async ({ ground, random, sender }: Comparing): Promise<Pair> => {
  const who = random.pick(ground.people)
  const request = nextRequest(ground, random)
  const asked = await askedVerdict(ground, who.id, request)
  const sent = await sendReally(ground, sender(who).key, request)
  if (request.gives !== undefined && sent.code === null) await ground.renew(request.gives)
  return { who, request, asked, sent }
}

const compare = async (comparing: Comparing, count: number): Promise<Tally> => {
  const tally: Tally = { questions: 0, disagreements: [], outcomes: {} }
  while (tally.questions < count) {
    const pairs: Pair[] = []
    while (pairs.length < Math.min(BATCH, count - tally.questions)) pairs.push(await nextPair(comparing))
    const ledger = await readLedger(
      comparing.postgres,
      pairs.map(({ sent }) => sent),
    )
    for (const { who, request, asked, sent } of pairs) {
      const real = realVerdict(ledger, sent, request)
      tally.outcomes[real.outcome] = (tally.outcomes[real.outcome] ?? 0) + 1
      if (!isDeepStrictEqual(asked, real)) tally.disagreements.push({ person: who.id, ...request, asked, real })
    }
    tally.questions += pairs.length
  }
  return tally
}

const world = await World.create(async () => ({}))
try {
  const random = new Random(Number(values.seed))
  const ground = await layGround(world, random)
  const common = { ground, random, postgres: await world.postgres('owner') }
  const sound = await compare({ ...common, sender: (who) => who }, QUESTIONS)
  // A comparison that could not fail would prove nothing.
  const broken = await compare({ ...common, sender: () => random.pick(ground.people) }, BROKEN)
  for (const one of sound.disagreements.slice(0, SHOWN)) process.stderr.write(`${JSON.stringify(one)}\n`)
  const { questions, outcomes } = sound
  const [disagreements, noticed_when_broken] = [sound.disagreements.length, broken.disagreements.length]
  const allowed_share = Number(((outcomes['allow'] ?? 0) / questions).toFixed(3))
  const told = { questions, disagreements, allowed_share, outcomes, seed: Number(values.seed), noticed_when_broken }
  const lines = Object.entries(told).map(([name, value]) => `${name.padEnd(20)} ${JSON.stringify(value)}\n`)
  process.stdout.write(values.json ? `${JSON.stringify(told)}\n` : lines.join(''))
  process.exitCode = disagreements === 0 && allowed_share >= LEAST_ALLOWED && noticed_when_broken > 0 ? 0 : 1
} finally {
  await world.close()
}
