import { availableParallelism } from 'node:os'
import { LRUCache } from 'lru-cache'
import type { Artifact } from '../admission/artifact.js'
import type { WallKind } from '../launcher/walls.js'
import type { ExecutionResult, HostPort, Job } from './job.js'
import { Conduct, hasRoom, standsBetter } from './conduct.js'
import { choose, spreadFor, type Choice, type Member, type Pace } from './placement.rules.js'
import { QUICK_MS, Slot } from './slot.js'
import { PoolRefusal, type Slots, type SlotsSnapshot } from './slots.js'
import { Turns } from '../turns.js'

export interface SlotPoolOptions {
  /** Most slots at once; each takes about 10 MB and what its guest uses. */
  readonly size: number
  /** Blank slots booted ahead, so that a switch doesn't wait for a boot. Default 1. */
  readonly spares?: number
  /** Slots that short calls of one tenant and artifact share before more are opened for them. Default one for each core, and more where they wait. */
  readonly spread?: number
  /** Most jobs that wait for a slot; one more is refused. Default 256. */
  readonly maxQueued?: number
  readonly wall: WallKind
  /** Reads and verifies an admitted artifact. Called once per digest while it stays in the cache. */
  readonly readArtifact: (artifact: Job['artifact']) => Promise<Artifact>
}

const CACHED_ARTIFACTS = 32
/** Asked once: each time it is, Node reads it from files. */
const CORES = availableParallelism()
/** Host calls of code that is not proven that are served at once, for each tenant: the process that serves everybody answers them. */
const UNPROVEN_AT_ONCE = 2
const UNUSED = { fuel: 0, memory_bytes: 0, wall_ms: 0, host_calls: 0, output_bytes: 0 }

/** Whom a slot belongs to. */
const keyOf = ({ tenantId, artifact }: Job): string => `${tenantId} ${artifact.digest}`

/** A place with what sits on it, once that has booted. */
class Seat implements Member {
  served = 1
  usedAt = 0
  slot: Slot | undefined
  /** Jobs that it was given and that are not answered; the first had it opened. */
  given = 1

  constructor(readonly key: string) {}

  get running(): number {
    return this.given + (this.slot?.leftovers ?? 0)
  }
}

/** One whose slot is there. */
type Taken = Seat & { readonly slot: Slot }

interface Waiter {
  readonly job: Job
  readonly key: string
  readonly start: (seat: Taken) => void
  readonly fail: (error: Error) => void
  /** Ends the wait with an outcome instead of a run. */
  readonly giveUp: (outcome: 'killed' | 'time_exceeded') => void
}

/**
 * Warm slots behind one wall. A slot belongs to one tenant and one artifact; for another it is ended and a blank one takes
 * its place, so that nothing of a tenant is ever in a process that serves another.
 */
export class SlotPool implements Slots {
  private readonly members = new Set<Seat>()
  private readonly blanks: Slot[] = []
  private booting = 0
  private readonly waiting: Waiter[] = []
  /** Those whose slot is being opened. */
  private readonly opening = new Set<Waiter>()
  private readonly artifacts: LRUCache<string, Promise<Artifact>>
  /** Every job that is not over. */
  private readonly live = new Set<{ readonly job: Job; killed: boolean }>()
  private closed = false
  private nextLook: NodeJS.Timeout | undefined
  private readonly conduct = new Conduct()
  private readonly unprovenCalls = new Turns(UNPROVEN_AT_ONCE)

  constructor(private readonly options: SlotPoolOptions) {
    this.artifacts = new LRUCache({ max: CACHED_ARTIFACTS })
    this.stockUp()
  }

  /**
   * Runs one job. Resolves with whatever outcome it has; an abort ends it as `killed`.
   * Raises `PoolRefusal`, `SlotFailure` (slot or component did not start) and what reading the artifact raises.
   */
  async execute(job: Job, host: HostPort, signal?: AbortSignal): Promise<ExecutionResult> {
    if (this.closed) throw new PoolRefusal('slots.closed', 'the slots are shut down')
    if (this.isLineFull(keyOf(job))) throw new PoolRefusal('slots.overloaded', 'too many invocations wait for a slot')
    const live = { job, killed: false }
    this.live.add(live)
    try {
      for (;;) {
        const turn = await this.turn(job, signal)
        if ('outcome' in turn) return turn
        const result = await this.run(job, { seat: turn, host, signal })
        if (result !== undefined) return result
        // It was given back untouched, and finds another slot, unless it was ended on the way.
        if (live.killed) return { outcome: 'killed', usage: UNUSED }
      }
    } finally {
      this.live.delete(live)
    }
  }

  /** Ends every running and waiting job that matches, as `killed`. Returns how many. */
  end(matches: (job: Job) => boolean): number {
    const ended = [...this.live].filter(({ job, killed }) => !killed && matches(job))
    for (const each of ended) each.killed = true
    for (const waiter of [...this.waiting, ...this.opening]) if (matches(waiter.job)) waiter.giveUp('killed')
    for (const { slot } of this.members) slot?.kill(matches)
    return ended.length
  }

  /** Slots and queue as numbers, for health and metrics. */
  snapshot(): SlotsSnapshot {
    const busy = [...this.members].filter(({ running }) => running > 0).length
    const { size } = this.options
    return { size, members: this.members.size, busy, blank: this.blanks.length, waiting: this.waiting.length }
  }

  /** Ends everything and waits until the processes are gone. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.nextLook)
    for (const waiter of [...this.waiting, ...this.opening]) waiter.giveUp('killed')
    const seated = [...this.members].flatMap(({ slot }) => slot ?? [])
    const slots = [...this.blanks, ...seated]
    for (const slot of slots) {
      slot.kill(() => true)
      slot.end()
    }
    await Promise.all(slots.map((slot) => slot.gone()))
  }

  /** The line has room for whoever the places have room for. */
  private isLineFull(key: string): boolean {
    const most = this.options.maxQueued ?? 256
    return this.waiting.length >= most || !this.hasRoom(key, this.waiting, most)
  }

  private hasRoom(key: string, others: readonly { readonly key: string }[], places: number): boolean {
    const standing = this.conduct.standing(key)
    // The others need not be looked at for most.
    if (standing === 'proven') return true
    const theirs = others.map((other) => this.conduct.standing(other.key))
    return hasRoom(standing, theirs, places)
  }

  private async run(
    job: Job,
    { seat, host, signal }: { seat: Taken; host: HostPort; signal: AbortSignal | undefined },
  ): Promise<ExecutionResult | undefined> {
    const { slot } = seat
    const kill = () => slot.cancel(job)
    signal?.addEventListener('abort', kill, { once: true })
    const key = keyOf(job)
    try {
      let waitedMost = false
      const port = this.inTurns(job, host)
      const result = await slot.execute(job, port, (how) => (waitedMost = how.waitedMost))
      // Whoever ran out of time while it waited took it from nobody.
      const isInnocent = result?.outcome === 'time_exceeded' && waitedMost
      if (result && !isInnocent) this.conduct.note(key, result.outcome)
      return result
    } finally {
      signal?.removeEventListener('abort', kill)
      this.release(seat)
    }
  }

  /** The port as it is for proven code; for other code one at which its tenant's calls of that standing take turns. */
  private inTurns(job: Job, host: HostPort): HostPort {
    const standing = this.conduct.standing(keyOf(job))
    if (standing === 'proven') return host
    const line = `${job.tenantId} ${standing}`
    return {
      call: (name, args) => this.unprovenCalls.run(line, () => host.call(name, args)),
      post: (name, args) => host.post(name, args),
      used: (usage) => host.used?.(usage),
    }
  }

  /** Waits for a slot of this job's tenant and artifact. */
  private turn(job: Job, signal: AbortSignal | undefined): Promise<Taken | ExecutionResult> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        this.opening.delete(waiter)
        const index = this.waiting.indexOf(waiter)
        if (index >= 0) this.waiting.splice(index, 1)
      }
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          leave()
          then(value)
        }
      const giveUp = settle((outcome: 'killed' | 'time_exceeded') => resolve({ outcome, usage: UNUSED }))
      const abort = () => giveUp('killed')
      const timer = setTimeout(() => giveUp('time_exceeded'), Math.max(job.deadline - Date.now(), 0))
      const waiter: Waiter = {
        job,
        key: keyOf(job),
        start: settle<Taken>(resolve),
        fail: settle<Error>(reject),
        giveUp,
      }
      this.waiting.push(waiter)
      if (signal?.aborted === true) return abort()
      signal?.addEventListener('abort', abort, { once: true })
      this.place()
    })
  }

  /** Gives slots to those who wait, as long as there are any to give. */
  private place(): void {
    // Whoever waits behind one of the same kind that got no place gets none either.
    const kept = new Set<string>()
    for (const waiter of [...this.waiting]) {
      if (kept.has(waiter.key)) continue
      const choice = this.choiceFor(waiter.key)
      if (choice.kind === 'wait') {
        kept.add(waiter.key)
        this.lookAgain()
        continue
      }
      this.waiting.splice(this.waiting.indexOf(waiter), 1)
      if (choice.kind === 'use') this.use(choice.member, waiter)
      else void this.open(waiter, choice.kind === 'replace' ? choice.member : undefined)
    }
  }

  private choiceFor(key: string): Choice<Seat> {
    const members = [...this.members]
    return choose(key, members, {
      full: members.length >= this.options.size,
      spread: this.options.spread ?? spreadOf(members.filter((member) => member.key === key)),
      now: performance.now(),
      wanted: (wanted) => this.waiting.some((other) => other.key === wanted),
      contended: () => this.isContended(key),
      pace: (member) => this.paceOf(member),
      mayTake: (place) => this.mayTake(key, place),
    })
  }

  /**
   * What a key may take of the places, a free one or that of a member: whoever stands better finds theirs as they left
   * them. In place of one that stands no better it takes nothing from anybody.
   */
  private mayTake(key: string, place?: Member): boolean {
    const standing = this.conduct.standing(key)
    if (place && !standsBetter(this.conduct.standing(place.key), standing)) return true
    const others = [...this.members].filter((member) => member !== place)
    return this.hasRoom(key, others, this.options.size)
  }

  /** Whether a slot that falls idle would find somebody else who may have it. */
  private isContended(key: string): boolean {
    const members = [...this.members]
    return this.waiting.some((other) => other.key !== key && members.some((member) => this.mayTake(other.key, member)))
  }

  /** Calls that seemed short may turn out long: whoever was to follow or waits for them then finds another place. */
  private lookAgain(): void {
    this.nextLook ??= setTimeout(() => {
      this.nextLook = undefined
      for (const { slot } of this.members) if (slot && slot.pace !== 'quick') slot.giveBack()
      this.place()
      // What was sent to a slot is given back only once the call before it has taken long.
      if ([...this.members].some(({ running }) => running > 1)) this.lookAgain()
    }, QUICK_MS)
  }

  private use(seat: Seat, waiter: Waiter): void {
    if (seat.running > 0) this.lookAgain()
    seat.given += 1
    seat.served += 1
    waiter.start(seat as Taken)
  }

  /** Makes a blank slot this waiter's own. */
  private async open(waiter: Waiter, replaced: Seat | undefined): Promise<void> {
    if (replaced !== undefined) this.drop(replaced)
    const seat = new Seat(waiter.key)
    this.members.add(seat)
    this.opening.add(waiter)
    try {
      // In this order: an artifact that can't be read must not leave a slot behind that nobody owns.
      const artifact = await this.artifact(waiter.job)
      const slot = this.conduct.isProven(waiter.key) ? await this.blank() : await Slot.boot(this.options.wall, 'idle')
      seat.slot = slot
      slot.onRanOut = () => this.settle(seat)
      void slot.gone().then(() => this.settle(seat))
      await slot.load(artifact)
      if (this.closed) throw new PoolRefusal('slots.closed', 'the slots are shut down')
      // Whoever ran out of time or was ended meanwhile leaves the slot to others.
      if (this.opening.has(waiter)) waiter.start(seat as Taken)
      else this.release(seat)
    } catch (error) {
      this.drop(seat)
      waiter.fail(error as Error)
      this.place()
    }
  }

  private release(seat: Seat): void {
    seat.given -= 1
    seat.usedAt = performance.now()
    this.settle(seat)
  }

  /** Sees to a place of which something has gone: the slot itself, or one of its jobs. */
  private settle(seat: Seat): void {
    const { key, slot } = seat
    if (!slot || !this.members.has(seat)) return
    if (!slot.alive || (seat.running === 0 && this.isOutOfPlace(key, slot))) this.drop(seat)
    this.place()
    if (slot.alive && seat.running === 0) this.relieve(seat)
  }

  /** Nothing is sent ahead to a slot that goes once it is idle. */
  private paceOf({ key, slot }: Seat): Pace {
    if (slot === undefined) return 'slow'
    return slot.pace === 'quick' && this.isOutOfPlace(key, slot) ? 'slow' : slot.pace
  }

  /** Only proven code runs beside the others, from when it is; its short calls do not stay behind for the sake of one that took long. */
  private isOutOfPlace(key: string, slot: Slot): boolean {
    if (!this.conduct.isProven(key)) return slot.behind === undefined
    return slot.behind === 'always' || (slot.behind === 'since' && slot.pace === 'quick')
  }

  /** What waits behind another of its kind while this slot is idle comes here. */
  private relieve(idle: Seat): void {
    for (const seat of this.members) if (seat !== idle && seat.key === idle.key) seat.slot?.giveBack()
  }

  private drop(seat: Seat): void {
    seat.slot?.end()
    this.members.delete(seat)
    this.stockUp()
  }

  private async blank(): Promise<Slot> {
    const ready = this.blanks.shift()
    this.stockUp()
    return ready?.alive === true ? ready : Slot.boot(this.options.wall)
  }

  /** Boots blank slots up to the number wanted; one that fails is tried again when the next is needed. */
  private stockUp(): void {
    while (!this.closed && this.blanks.length + this.booting < (this.options.spares ?? 1)) {
      this.booting += 1
      void Slot.boot(this.options.wall)
        .then((slot) => (this.closed ? slot.end() : this.blanks.push(slot)))
        .catch(() => undefined)
        .finally(() => (this.booting -= 1))
    }
  }

  private artifact({ artifact }: Job): Promise<Artifact> {
    const cached = this.artifacts.get(artifact.digest)
    if (cached !== undefined) return cached
    const reading = this.options.readArtifact(artifact)
    this.artifacts.set(artifact.digest, reading)
    reading.catch(() => this.artifacts.delete(artifact.digest))
    return reading
  }
}

/** Slots for the short calls of those who own these, going by how they got on. */
const spreadOf = (own: readonly Seat[]): number => {
  const parts = own.flatMap(({ slot }) => slot?.waitingPart ?? [])
  const part = parts.reduce((sum, each) => sum + each, 0) / Math.max(parts.length, 1)
  return spreadFor(CORES, part)
}
