import type { GuestName } from './call-guests.js'
import { startLoad, type LoadReport } from './call-load.js'
import { CONNECTIONS, type Phase, type Subject, type Subjects } from './call-subjects.js'
import { median } from './gate-measure.js'
import { processorClock, type ProcessorTime } from './processor-time.js'

/** Each guest and the bare route take turns, and the median of the pairs counts, because other work on the machine comes and goes. */
const PAIRS = 5
const PHASE_MS = 3_000
const FEWER_CONNECTIONS = 16
const FEWER_PHASE_MS = 1_500
/** Until the code of a guest and the service is compiled for good; a slot gets a share of the calls only. */
const WARM_UP_MS = 6_000
const GUESTS = ['none', 'posted', 'blocking'] as const satisfies readonly GuestName[]

interface Played extends LoadReport {
  readonly micros: ProcessorTime
}
interface Pair {
  readonly governed: Played
  readonly bare: Played
}
type Pairs = Readonly<Record<GuestName, readonly Pair[]>>

const play = async ({ order }: Subjects, subject: Subject, phase: Phase): Promise<Played> => {
  const { pid, report } = startLoad(order(subject, phase))
  const clock = processorClock(pid)
  const played = await report
  return { ...played, micros: clock(played.answers) }
}

const playPairs = async (subjects: Subjects, phase: Phase): Promise<Pairs> => {
  const pairs: Record<GuestName, Pair[]> = { none: [], posted: [], blocking: [] }
  for (let round = 0; round < PAIRS; round++)
    for (const guest of GUESTS) {
      const bare = await play(subjects, 'bare', phase)
      pairs[guest].push({ bare, governed: await play(subjects, guest, phase) })
    }
  return pairs
}

const middle = (pairs: readonly Pair[], pick: (pair: Pair) => number): number => median(pairs.map(pick))
const throughput = ({ governed, bare }: Pair): number => governed.perSecond / bare.perSecond
const p99 = ({ governed, bare }: Pair): number => governed.p99Ms / bare.p99Ms

const ratiosOf = (pairs: Pairs): Record<string, number> =>
  Object.fromEntries(
    GUESTS.flatMap((guest) => [
      [`${guest}_ratio`, middle(pairs[guest], throughput)],
      [`${guest}_p99_ratio`, middle(pairs[guest], p99)],
    ]),
  )

const absoluteOf = (pairs: readonly Pair[], side: keyof Pair) => ({
  per_s: Math.round(middle(pairs, (pair) => pair[side].perSecond)),
  p50_ms: middle(pairs, (pair) => pair[side].p50Ms),
  p99_ms: middle(pairs, (pair) => pair[side].p99Ms),
  cpu_us: {
    service: middle(pairs, (pair) => pair[side].micros.service),
    slots: middle(pairs, (pair) => pair[side].micros.slots),
    database: middle(pairs, (pair) => pair[side].micros.database),
  },
})

const failuresOf = (pairs: Pairs): { failures: number; first_failure?: string } => {
  const all = GUESTS.flatMap((guest) => pairs[guest].flatMap(({ governed, bare }) => [governed, bare]))
  const first = all.find(({ firstFailure }) => firstFailure !== null)?.firstFailure
  return { failures: all.reduce((sum, { failures }) => sum + failures, 0), ...(first && { first_failure: first }) }
}

/** What the database says that the blocking guest's calls used, on average. */
const usedBy = async ({ service, extensions }: Subjects): Promise<{ guest_fuel: number; host_calls: number }> => {
  const text = `SELECT avg(fuel)::float8 AS guest_fuel, avg(host_calls)::float8 AS host_calls
    FROM extension_execution_log WHERE extension = $1`
  const { rows } = await service.ground.database.inScope({ platform: true }, (tx) =>
    tx.query<{ guest_fuel: number; host_calls: number }>(text, [extensions.blocking]),
  )
  const [used] = rows
  return { guest_fuel: Math.round(used!.guest_fuel), host_calls: used!.host_calls }
}

/** Ratios of each guest to the bare route, at as many connections as saturate both and at fewer. */
export const measurePairs = async (subjects: Subjects): Promise<object> => {
  for (const subject of ['bare', ...GUESTS] as const) await subjects.play(subject, { milliseconds: WARM_UP_MS })
  const pairs = await playPairs(subjects, { milliseconds: PHASE_MS })
  const fewer = await playPairs(subjects, { milliseconds: FEWER_PHASE_MS, connections: FEWER_CONNECTIONS })
  const ratios = ratiosOf(pairs)
  return {
    ...ratios,
    throughput_ratio: ratios['blocking_ratio'],
    p99_ratio: ratios['blocking_p99_ratio'],
    ...(await usedBy(subjects)),
    at_16: ratiosOf(fewer),
    bare: absoluteOf(
      GUESTS.flatMap((guest) => pairs[guest]),
      'bare',
    ),
    ...Object.fromEntries(GUESTS.map((guest) => [guest, absoluteOf(pairs[guest], 'governed')])),
    ...{ connections: CONNECTIONS, pairs: PAIRS, ...failuresOf(pairs) },
  }
}
