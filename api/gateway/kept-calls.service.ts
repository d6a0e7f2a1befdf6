import { Problem, problem } from '#contract/problems.js'
import type { Admitted, Call } from '../invocations/call.js'
import { isRepeatable } from '../invocations/repeat.rules.js'
import { answered, endingOf, keptAnswer, type Ending, type GatewayAnswer } from './ending.rules.js'
import type { KeptCall, KeptCallRecords, KeptEnd, NewKeptCall } from './kept-calls.repository.js'
import { fingerprintOf, type Wishes } from './wishes.rules.js'

/** Bytes of an answer's body that are kept. */
const KEPT_BYTES = 256 * 1024
const AGAIN_MS = 1_000
/** Whoever waits for another's answer looks after so many milliseconds, at first and at most. */
const LOOK_MS = { first: 20, most: 250 }
/** Keys change hands while they are looked at; after so many rounds the caller is asked to try again. */
const ROUNDS = 3

/** A call that was allowed, with what is wished of it. */
export interface Wished {
  readonly call: Call
  readonly admitted: Admitted
  readonly wishes: Wishes
}

export interface KeptCallParts {
  readonly records: KeptCallRecords
  /** Names this instance as its lease does. */
  readonly node: string
  /** How long a duplicate waits for the first one's answer, in milliseconds. */
  readonly waitMs: number
  readonly onFault: (error: unknown) => void
}

type Claim = { readonly mine: true } | { readonly mine: false; readonly holder: KeptCall }

/** Runs calls whose answer is kept: once for each idempotency key of an organisation, or without the caller waiting. */
export class KeptCalls {
  /** What runs here, by execution. Resolves once it has ended and that is kept; never rejects. */
  private readonly running = new Map<string, Promise<unknown>>()

  constructor(private readonly parts: KeptCallParts) {}

  /**
   * Runs an allowed call, or answers as the first one did that had its key. Raises `idempotency.key_reused`, `call.*`, what
   * the call raises, and the database's error where a key can't be claimed: then nothing runs.
   */
  async serve(wished: Wished): Promise<GatewayAnswer> {
    const { admitted, wishes } = wished
    const claim = await this.claim(wished).catch((error: unknown) => {
      admitted.release()
      throw error
    })
    if (claim.mine) {
      const ending = this.run(wished)
      if (!wishes.async) return answered(await ending, admitted.executionId)
      // How it ends is kept, and told to whoever asks for it.
      ending.catch(() => undefined)
      return accepted(admitted.executionId)
    }
    admitted.release()
    const { id } = claim.holder
    if (wishes.async) return accepted(id)
    const answer = keptAnswer(await this.settled(claim.holder))
    const headers = { 'x-gatehouse-decision-id': admitted.executionId, 'x-gatehouse-execution-id': id }
    return { ...answer, headers: { ...answer.headers, ...headers, 'idempotent-replayed': 'true' } }
  }

  /** Resolves once nothing runs any more whose answer is to be kept. */
  async idle(): Promise<void> {
    await Promise.all(this.running.values())
  }

  private async claim(wished: Wished): Promise<Claim> {
    const { records, node } = this.parts
    const { key } = wished.wishes
    const begun = newCall(wished, node)
    for (let round = 0; round < ROUNDS; round++) {
      if (await records.claim(begun)) return { mine: true }
      const holder = await records.holding(begun.tenant_id, key!)
      if (holder && holder.fingerprint !== begun.fingerprint) throw problem('idempotency.key_reused')
      const isFree = holder?.orphaned === true && isRepeatable(wished.call.request.method)
      if (holder && !isFree) return { mine: false, holder }
      if (holder && (await records.takeOver(holder.id, begun))) return { mine: true }
    }
    throw problem('call.in_progress', { retryAfter: 1 })
  }

  /** Runs a call and keeps how it ended, before anybody is told. */
  private run({ admitted, wishes }: Wished): Promise<Ending> {
    const { executionId: id } = admitted
    const ending = admitted.run().then(endingOf)
    const kept = ending.then(
      // What failed without a host call has left nothing behind: who waited may send it again.
      (ended) => this.keep(id, !wishes.async && 'problem' in ended && !ended.mayHaveActed ? null : keptEnd(ended)),
      (error: unknown) => this.keep(id, wishes.async ? keptProblem(error) : null),
    )
    this.running.set(id, kept)
    void kept.finally(() => this.running.delete(id))
    return kept.then(() => ending)
  }

  /** Keeps an end, or forgets the call where there is none. Where the database is out, goes on trying behind the answer. */
  private async keep(id: string, end: KeptEnd | null): Promise<void> {
    const { records, onFault } = this.parts
    try {
      await (end ? records.end(id, end) : records.forget(id))
    } catch (error) {
      onFault(error)
      setTimeout(() => void this.keep(id, end), AGAIN_MS).unref()
    }
  }

  /** How a call stands once it has ended, or once nobody waits longer for that. */
  private async settled(holder: KeptCall): Promise<KeptCall> {
    const until = performance.now() + this.parts.waitMs
    let kept = holder
    for (
      let pause = LOOK_MS.first;
      kept.state === 'running' && !kept.orphaned;
      pause = Math.min(pause * 2, LOOK_MS.most)
    ) {
      if (performance.now() >= until) break
      await Promise.race([this.running.get(kept.id), delay(pause)].filter((each) => each !== undefined))
      const found = await this.parts.records.find(kept.tenant_id, kept.id)
      if (!found) throw problem('call.in_progress', { retryAfter: 1, detail: 'The first call came to nothing' })
      kept = found
    }
    return kept
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const newCall = ({ call, admitted, wishes }: Wished, node: string): NewKeptCall => {
  const { target, endpoint, caller } = call
  return {
    id: admitted.executionId,
    tenant_id: target.tenantId,
    install_id: target.installId,
    publisher_id: target.publisherId,
    extension: target.extension,
    semver: target.semver,
    endpoint: endpoint.id,
    caller: caller.actor.id,
    key: wishes.key,
    fingerprint: wishes.key === null ? null : fingerprintOf(call),
    node,
  }
}

const NOTHING = { status: null, headers: null, body: null, problem: null, detail: null }

const keptProblem = (error: unknown): KeptEnd =>
  error instanceof Problem
    ? { ...NOTHING, status: error.status, problem: error.code, detail: error.details.detail ?? null }
    : { ...NOTHING, status: 500, problem: 'internal' }

const keptEnd = (ended: Ending): KeptEnd => {
  if ('problem' in ended) return keptProblem(ended.problem)
  const { status, headers, body } = ended.answer
  return { ...NOTHING, status, headers, body: body.length <= KEPT_BYTES ? body : null }
}

const accepted = (id: string): GatewayAnswer => {
  const location = `/v1/calls/${id}`
  return {
    status: 202,
    headers: {
      'content-type': 'application/json',
      'preference-applied': 'respond-async',
      'retry-after': '1',
      'x-gatehouse-decision-id': id,
      location,
    },
    body: Buffer.from(JSON.stringify({ id, state: 'running', result: `${location}/result` })),
  }
}
