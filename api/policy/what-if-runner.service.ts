import { availableParallelism } from 'node:os'
import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import type { WhatIfReport } from '#contract/api/what-if.js'
import { assembleBundle, type BundleFiles } from '#engine/bundle.js'
import { PolicyLoadError } from '#engine/errors.js'
import { whatIf, type Progress } from '#engine/what-if/what-if.js'
import type { GateService } from '../gate/gate.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import type { Clock } from '../killswitch/clock.js'
import { pastDecisions } from '../ledger/past-decisions.repository.js'
import type { Database } from '../platform/database/database.service.js'
import { isUnreachable } from '../platform/database/unreachable.js'
import type { Candidates } from './candidates.js'
import type { ClaimedWhatIf, WhatIfsRepository } from './what-ifs.repository.js'
import { followDecisions, type Pace } from './follow-decisions.js'
import { concluded } from './what-ifs.rules.js'
import { decideWhatIf } from './what-ifs.service.js'

/** How long a claim holds without being kept; after that another instance takes the run up. */
const LEASE_MS = 30_000
/** How often a claim is kept while nothing else is written, and how often the queue is looked at without being told. */
const KEEP_MS = 5_000
/** How often progress is written. */
const SAVE_MS = 1_000
/** A run that was taken up so often and never came to its end does harm, or meets it each time. */
const MAX_ATTEMPTS = 5

export interface RunnerParts {
  readonly database: Pick<Database, 'inScope'>
  readonly runs: WhatIfsRepository
  readonly candidates: Pick<Candidates, 'files'>
  readonly gate: Pick<GateService, 'decide'>
  readonly callers: Pick<Callers, 'callerOf'>
  readonly clock: Clock
  /** It takes up shadows instead, which go on with what is decided meanwhile. */
  readonly follow?: boolean
  /** How a shadow follows; tests set it. */
  readonly pace?: Partial<Pace>
  /** Rows of one batch; the ledger's default where absent. */
  readonly batch?: number
  /** Milliseconds between two writes of progress. */
  readonly saveMs?: number
}

/** Why a run ends without a report and without a fault: it is no longer this instance's. */
class Lost extends Error {}
/** The sources do not compile, or there is nothing to compile them with: it would end the same way again. */
class NoCandidate extends Error {}
/** This instance stops. */
class Stopping extends Error {}

interface AtWork {
  readonly run: ClaimedWhatIf
  readonly stop: AbortController
}

/** Carries out runs of what-if from the queue, one at a time on each instance, in threads beside the live gate. */
export class WhatIfRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('policy-what-if')
  private turn: Promise<void> | undefined
  private again = false
  private stopped = false
  private atWork: AtWork | undefined
  /** The last write of progress. */
  private writing: Promise<void> = Promise.resolve()
  private cancelPoll = (): void => undefined

  constructor(private readonly parts: RunnerParts) {}

  onApplicationBootstrap(): void {
    this.poll()
  }

  /** Before the pools close: the run is given back, and another instance goes on from its last state. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.cancelPoll()
    this.atWork?.stop.abort(new Stopping())
    await this.turn
  }

  /** Works the queue off. Resolves once nothing waits; whoever asks meanwhile waits for the same. */
  work(): Promise<void> {
    this.again = true
    this.turn ??= this.workOff().finally(() => {
      this.turn = undefined
      if (this.again && !this.stopped) void this.work()
    })
    return this.turn
  }

  /** What was begun is taken up; what was cancelled here ends at once, elsewhere when its claim is next kept. */
  onChange(change: { begun: string } | { cancelled: string }): void {
    if ('cancelled' in change && this.atWork?.run.id === change.cancelled) this.atWork.stop.abort(new Lost())
    void this.work()
  }

  private poll(): void {
    void this.work()
    if (!this.stopped) this.cancelPoll = this.parts.clock.after(KEEP_MS, () => this.poll())
  }

  private async workOff(): Promise<void> {
    try {
      while (this.again && !this.stopped) {
        this.again = false
        for (let run = await this.next(); run; run = await this.next()) await this.carryOut(run)
      }
    } catch (error) {
      this.logger.warn({ error }, 'the queue of what-ifs could not be worked off; it is tried again')
    }
  }

  private async next(): Promise<ClaimedWhatIf | undefined> {
    return this.stopped ? undefined : this.parts.runs.claim(this.parts.follow ?? false, LEASE_MS)
  }

  /** Rejects where the run could neither be ended nor given back: then its claim lapses. */
  private async carryOut(run: ClaimedWhatIf): Promise<void> {
    const { runs } = this.parts
    const stop = new AbortController()
    this.atWork = { run, stop }
    const endKeeping = this.keepClaim(run, stop)
    try {
      const refused = await this.refusal(run)
      if (refused !== undefined) return await runs.fail(run, refused)
      const report = await this.replay(run, stop)
      await runs.finish(run, concluded(report, run.budget))
    } catch (error) {
      await this.writing
      await this.conclude(run, stop.signal.aborted ? stop.signal.reason : error)
    } finally {
      endKeeping()
      this.atWork = undefined
    }
  }

  private async conclude(run: ClaimedWhatIf, error: unknown): Promise<void> {
    const { runs } = this.parts
    if (error instanceof Lost) return
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof Stopping) return runs.release(run)
    if (error instanceof PolicyLoadError || error instanceof NoCandidate || run.attempts >= MAX_ATTEMPTS)
      return runs.fail(run, message)
    this.logger.warn({ run: run.id, error }, 'a what-if was cut; it goes on from its last state')
    // It is not given back: its claim lapses, so that what fails at once is not tried in a loop.
    throw error
  }

  /** A run that was cut goes on only while whoever began it still may. */
  private async refusal(run: ClaimedWhatIf): Promise<string | undefined> {
    if (run.attempts > MAX_ATTEMPTS) return `It was taken up ${MAX_ATTEMPTS} times and never came to its end`
    if (run.attempts <= 1) return undefined
    const { callers, gate } = this.parts
    const caller = await callers.callerOf(run.started_by, run.id)
    if (!caller) return 'Whoever began it is gone'
    const outcome = await decideWhatIf(gate, caller, run.id)
    if (outcome.kind === 'unavailable') throw new Error(`policy could not say whether it may go on: ${outcome.cause}`)
    if (outcome.kind === 'allow') return undefined
    return `Whoever began it may no longer: ${outcome.reasons.map(({ id }) => id).join(', ')}`
  }

  private async replay(run: ClaimedWhatIf, stop: AbortController): Promise<WhatIfReport> {
    const { database, runs, batch, pace } = this.parts
    const candidate = await this.candidate(run, stop.signal)
    stop.signal.throwIfAborted()
    const { revision } = assembleBundle(candidate)
    if (run.revision !== revision) await runs.name(run, revision)
    // What another opa made of the same sources is another candidate: nothing of the earlier part counts.
    const resume = run.resume?.candidate === revision ? run.resume : undefined
    const query = {
      ...{ tenant: run.tenant ?? undefined, since: run.since ?? undefined, until: run.until, batch },
      limit: run.limit === null ? undefined : run.limit - (resume?.decisions ?? 0),
    }
    return whatIf({
      ...{ candidate, resume, signal: stop.signal, onProgress: this.saving(run, stop) },
      past: (after) => {
        const past = { scope: { platform: true }, query, after } as const
        return run.follow
          ? followDecisions(database, { ...past, pace, signal: stop.signal })
          : pastDecisions(database, past)
      },
      // The live gate keeps a core of its own.
      crew: { threads: run.follow ? 1 : Math.max(1, availableParallelism() - 1) },
    })
  }

  private async candidate(run: ClaimedWhatIf, signal: AbortSignal): Promise<BundleFiles> {
    try {
      return await this.parts.candidates.files(run, signal)
    } catch (error) {
      throw isUnreachable(error) ? error : new NoCandidate((error as Error).message, { cause: error })
    }
  }

  /** Writes progress every now and then, one write at a time; the replay does not wait for it. */
  private saving(run: ClaimedWhatIf, stop: AbortController): (progress: Progress) => void {
    const { runs, clock, saveMs = SAVE_MS } = this.parts
    let [isWriting, written, last] = [false, clock.now(), run.decisions]
    return ({ decisions, flips, state }) => {
      if (isWriting || decisions === last || clock.now() - written < saveMs) return
      ;[isWriting, last] = [true, decisions]
      const kept = runs.keep(run, { decisions, flips, resume: state() }, LEASE_MS)
      this.writing = this.settle(kept, stop).finally(() => ([isWriting, written] = [false, clock.now()]))
    }
  }

  /** Keeps the claim while the candidate compiles or a batch takes long. */
  private keepClaim(run: ClaimedWhatIf, stop: AbortController): () => void {
    const { runs, clock } = this.parts
    let cancel = (): void => undefined
    const next = (): void => {
      cancel = clock.after(KEEP_MS, () => {
        void this.settle(runs.keep(run, null, LEASE_MS), stop)
        next()
      })
    }
    next()
    return () => cancel()
  }

  /** A claim that is lost ends the work. A write that failed is made up for by the next, or the claim lapses. */
  private async settle(kept: Promise<boolean>, stop: AbortController): Promise<void> {
    try {
      if (!(await kept)) stop.abort(new Lost())
    } catch (error) {
      this.logger.warn({ error }, 'how far a what-if is could not be kept')
    }
  }
}
