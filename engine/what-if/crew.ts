import type { BundleFiles } from '../bundle.js'
import { PolicyLoadError } from '../errors.js'
import { unanswered, type Judgement, type Replayable } from './judge.rules.js'
import { pack } from './parcel.js'
import { Seat, type Ending, type ThreadBounds } from './seat.js'
import type { Findings, ThreadReport } from './thread.types.js'

export interface CrewOptions extends ThreadBounds {
  readonly threads: number
  /** Threads that may be ended at an evaluation; after that the candidate is asked no more, so that every run ends. */
  readonly maxEnded: number
}

interface Batch {
  readonly judgements: Judgement[]
  missing: number
  readonly settle: (judgements: readonly Judgement[]) => void
  readonly fail: (error: unknown) => void
}

/** Part of a batch: what one thread is asked at once. `indexes` are places in the batch. */
interface Piece {
  readonly batch: Batch
  readonly decisions: readonly Replayable[]
  readonly first: number
}

interface Place {
  readonly seat: Seat
  isReady: boolean
  piece: Piece | undefined
}

const SAME: Judgement = { found: 'same' }

/**
 * Threads that judge batches with the candidate. One that dies or stays at one decision too long is replaced: that
 * decision is answered `unavailable`, and what stood before and after it in its batch is judged again.
 */
export class Crew {
  readonly #places = new Set<Place>()
  #pieces: Piece[] = []
  #ended = 0
  #failure: { readonly error: unknown } | undefined

  constructor(
    private readonly candidate: BundleFiles,
    private readonly options: CrewOptions,
  ) {
    for (let thread = 0; thread < options.threads; thread += 1) this.#hire()
  }

  /**
   * One judgement for each decision, in their order.
   * @throws PolicyLoadError where the candidate does not load; what {@link dismiss} was given, once it was called
   */
  judge(decisions: readonly Replayable[]): Promise<readonly Judgement[]> {
    if (this.#failure) return Promise.reject(this.#failure.error)
    if (decisions.length === 0) return Promise.resolve([])
    return new Promise((settle, fail) => {
      const batch = { judgements: Array<Judgement>(decisions.length), missing: decisions.length, settle, fail }
      this.#pieces.push({ batch, decisions, first: 0 })
      this.#assign()
    })
  }

  /** Ends every thread; whoever still waits is told `reason`. Resolves once all are gone. */
  async dismiss(reason: unknown): Promise<void> {
    this.#fail(reason)
    await Promise.all([...this.#places].map(({ seat }) => seat.leave()))
  }

  #hire(): void {
    const place: Place = {
      seat: new Seat(this.candidate, this.options, {
        said: (report) => this.#hear(place, report),
        ended: (why, at) => this.#replace(place, why, at),
      }),
      isReady: false,
      piece: undefined,
    }
    this.#places.add(place)
  }

  #assign(): void {
    if (this.#ended >= this.options.maxEnded) return this.#abandon()
    for (const place of this.#places) {
      if (!place.isReady || place.piece) continue
      const piece = this.#pieces.shift()
      if (!piece) return
      place.piece = piece
      place.seat.ask(pack(piece.decisions))
    }
  }

  #hear(place: Place, report: ThreadReport): void {
    if (report.kind === 'refused') return this.#fail(new PolicyLoadError(report.message))
    if (report.kind === 'ready') place.isReady = true
    const { piece } = place
    if (report.kind === 'found' && piece) {
      place.piece = undefined
      settlePiece(piece, spread(report.findings, piece.decisions.length))
    }
    this.#assign()
  }

  #replace(place: Place, why: Ending, at: number): void {
    this.#places.delete(place)
    if (this.#failure) return
    if (!place.isReady) return this.#fail(new PolicyLoadError(`a thread ended while it loaded the candidate (${why})`))
    const { piece } = place
    if (piece) {
      this.#ended += 1
      // Ended between two decisions: none of them is to blame.
      if (at < 0) this.#pieces.unshift(piece)
      else this.#divide(piece, why, at)
    }
    this.#hire()
    this.#assign()
  }

  /** Answers for the decision at which a thread ended, and puts what is around it back in front. */
  #divide({ batch, decisions, first }: Piece, why: Ending, at: number): void {
    const rest = [
      { batch, decisions: decisions.slice(0, at), first },
      { batch, decisions: decisions.slice(at + 1), first: first + at + 1 },
    ]
    this.#pieces.unshift(...rest.filter((piece) => piece.decisions.length > 0))
    const only = { batch, decisions: decisions.slice(at, at + 1), first: first + at }
    settlePiece(only, [unanswered(decisions[at]!.answer, why)])
  }

  #abandon(): void {
    for (const piece of this.#pieces.splice(0)) {
      settlePiece(
        piece,
        piece.decisions.map(({ answer }) => unanswered(answer, 'abandoned')),
      )
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= { error }
    const asked = [...this.#places].flatMap(({ piece }) => piece ?? [])
    for (const { batch } of [...this.#pieces.splice(0), ...asked]) batch.fail(this.#failure.error)
  }
}

function settlePiece({ batch, first }: Piece, judgements: readonly Judgement[]): void {
  for (const [index, judgement] of judgements.entries()) batch.judgements[first + index] = judgement
  batch.missing -= judgements.length
  if (batch.missing === 0) batch.settle(batch.judgements)
}

/** What was found of each decision. */
function spread({ otherwise, notReplayable, flips, changes }: Findings, length: number): Judgement[] {
  const judgements = Array<Judgement>(length).fill(SAME)
  for (const index of otherwise) judgements[index] = { found: 'differs_otherwise' }
  for (const [index, why] of notReplayable) judgements[index] = { found: 'not_replayable', why }
  for (const [index, change] of flips) judgements[index] = changes[change]!
  return judgements
}
