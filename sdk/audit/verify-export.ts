import canonicalize from 'canonicalize'
import { ExportLine, type ExportEntry } from '#contract/api/ledger.js'
import { readCheckpoint, verifyCheckpoint, type Checkpoint } from './checkpoint.rules.js'
import { digestOf } from '#runtime/digest.js'
import { receiptIdOf } from './execution-leaf.rules.js'
import { GrowingTree } from './growing-tree.js'
import { leafHash, sameHash } from './merkle.rules.js'
import { Retentions } from './retentions.js'

/** What is wrong with a log. `ids` are the entries that it can lie in; one id means that entry. */
export interface AuditFinding {
  readonly fault:
    | 'record_altered'
    | 'record_missing'
    | 'leaf_missing'
    | 'root_mismatch'
    | 'checkpoint_refused'
    | 'history_rewritten'
    | 'export_malformed'
    | 'export_truncated'
  readonly ids: readonly string[]
  readonly detail: string
}

/** The result of verifying an export offline. */
export interface AuditReport {
  readonly ok: boolean
  readonly origin: string | null
  /** Leaves in the log of the checkpoint that was verified. */
  readonly size: number
  /** Entries whose leaf was computed again from what is stored. */
  readonly recomputed: number
  /** Entries of others, of which the export has the hash alone. */
  readonly sealed: number
  /** Decisions that the platform keeps no longer, as a leaf of the log says. */
  readonly gone: number
  /** Whether the checkpoint may still be taken for current. */
  readonly current: boolean
  /** Ids of entries that are durable and not in the log yet. */
  readonly unsequenced: readonly string[]
  readonly findings: readonly AuditFinding[]
  /** The first entry that is not what was logged; null where none was found. */
  readonly first_tampered: string | null
}

export interface VerifyOptions {
  /** Trusted keys in verifier form, obtained apart from the export. Absent: those that the export itself names. */
  readonly verifiers?: readonly string[]
  /** A checkpoint kept from an earlier time: the log must still contain that one. */
  readonly previous?: string
  /** Milliseconds since the epoch. */
  readonly now?: number
}

class ExportVerifier {
  readonly #tree = new GrowingTree()
  readonly #findings: AuditFinding[] = []
  readonly #unsequenced: string[] = []
  readonly #previous: Checkpoint | undefined
  #verifiers: readonly string[]
  #head: Checkpoint | undefined
  #isPlatform = false
  #isRootBroken = false
  #ended = false
  #recomputed = 0
  #sealed = 0
  readonly #retentions = new Retentions()
  /** Entries since the last checkpoint that fits. */
  #sinceGood: string[] = []

  constructor(private readonly options: VerifyOptions) {
    this.#verifiers = options.verifiers ?? []
    this.#previous = options.previous === undefined ? undefined : readCheckpoint(options.previous)
  }

  take(text: string): void {
    const parsed = ExportLine.safeParse(parseLine(text))
    if (!parsed.success) return this.#find('export_malformed', [], 'a line has another form')
    const line = parsed.data
    switch (line.type) {
      case 'header':
        if (this.options.verifiers === undefined) this.#verifiers = line.verifiers
        this.#isPlatform = line.scope === 'platform'
        this.#retentions.claim(line.retentions)
        this.#head = this.#verified(line.checkpoint)
        return
      case 'entry':
        return this.#entry(line)
      case 'checkpoint':
        return this.#checkpoint(line.note)
      case 'end':
        this.#ended = line.sequenced === this.#tree.size && line.unsequenced === this.#unsequenced.length
    }
  }

  report(): AuditReport {
    if (!this.#ended) this.#find('export_truncated', [], 'the export has no end, or lines of it are missing')
    if (this.#head) this.#compare(this.#head, 'root_mismatch')
    if (this.#previous) this.#demandPast(this.#previous)
    for (const { leaf, ids } of this.#retentions.unproven())
      this.#find('record_missing', ids, `decisions are gone, and the log has no leaf ${leaf} that lets them go`)
    const named = this.#findings.flatMap(({ ids }) => ids.slice(0, 1))
    return {
      ok: this.#findings.length === 0,
      origin: this.#head?.origin ?? null,
      size: this.#tree.size,
      recomputed: this.#recomputed,
      sealed: this.#sealed,
      gone: this.#retentions.gone,
      current: (this.#head?.expiresAt ?? 0) > (this.options.now ?? Date.now()),
      unsequenced: this.#unsequenced,
      findings: this.#findings,
      first_tampered: named[0] ?? null,
    }
  }

  #entry(entry: ExportEntry): void {
    const stored = Buffer.from(entry.leaf_hash, 'base64')
    this.#recompute(entry, stored)
    if (entry.index === null) {
      this.#unsequenced.push(entry.id)
      return
    }
    if (entry.index !== this.#tree.size) {
      this.#find('leaf_missing', [entry.id], `leaf ${this.#tree.size} is missing before leaf ${entry.index}`)
    }
    this.#tree.append(stored)
    if (!this.#isRootBroken) this.#sinceGood.push(entry.id)
    if (this.#tree.size === this.#previous?.size) this.#compare(this.#previous, 'history_rewritten')
  }

  /** Works the leaf out again from what is stored. The tree is built from stored leaves, so one altered row is one finding. */
  #recompute(entry: ExportEntry, stored: Uint8Array): void {
    const leaf = leafOf(entry)
    if (leaf === 'sealed') {
      if (entry.kind === 'decision' && this.#isPlatform && this.#retentions.covers(entry.id)) return
      this.#sealed += 1
      if (this.#isPlatform)
        this.#find('record_missing', [entry.id], `${entry.kind} ${entry.id} is gone, its leaf is not`)
      return
    }
    this.#recomputed += 1
    if (entry.kind === 'retention' && entry.index !== null) this.#retentions.prove(entry.id, leaf)
    if (leaf === 'altered' || !sameHash(leafHash(leaf), stored)) {
      this.#find('record_altered', [entry.id], `${entry.kind} ${entry.id} is not what was logged`)
    }
  }

  #checkpoint(note: string): void {
    const checkpoint = this.#verified(note)
    if (!checkpoint) return
    if (checkpoint.size === this.#tree.size) this.#compare(checkpoint, 'root_mismatch')
    else this.#find('export_malformed', [], `a checkpoint of ${checkpoint.size} leaves stands after ${this.#tree.size}`)
  }

  /** Once one root does not fit none after it can, so the first is told: what was altered lies before it. */
  #compare(checkpoint: Checkpoint, fault: 'root_mismatch' | 'history_rewritten'): void {
    if (this.#isRootBroken) return
    if (checkpoint.size === this.#tree.size && sameHash(this.#tree.root, checkpoint.root)) {
      this.#sinceGood = []
      return
    }
    this.#isRootBroken = true
    this.#find(fault, this.#sinceGood, `the log of ${checkpoint.size} leaves does not have the root that was signed`)
  }

  #demandPast({ size }: Checkpoint): void {
    if (size > this.#tree.size) {
      this.#find('history_rewritten', [], `the log had ${size} leaves before and has ${this.#tree.size} now`)
    }
  }

  #verified(note: string): Checkpoint | undefined {
    try {
      return verifyCheckpoint(note, this.#verifiers)
    } catch (error) {
      this.#find('checkpoint_refused', [], (error as Error).message)
      return undefined
    }
  }

  #find(fault: AuditFinding['fault'], ids: readonly string[], detail: string): void {
    this.#findings.push({ fault, ids, detail })
  }
}

const parseLine = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The bytes of an entry's leaf from what is stored; `sealed` where the export has its hash alone. */
function leafOf(entry: ExportEntry): Uint8Array | 'sealed' | 'altered' {
  const { id, kind, record, input, answer, body } = entry
  if (body !== undefined) {
    const bytes = Buffer.from(body, 'base64')
    const named = parseLine(bytes.toString()) as { id?: unknown; kind?: unknown } | undefined
    return named?.id === id && named.kind === kind ? bytes : 'altered'
  }
  if (kind === 'execution') return executionLeafOf(entry)
  if (record === undefined || input === undefined || answer === undefined) return 'sealed'
  const row = record as Record<string, unknown>
  if (row.id !== id || row.input_digest !== digestOf(Buffer.from(input, 'base64'))) return 'altered'
  const answer_digest = answer === null ? null : digestOf(Buffer.from(answer, 'base64'))
  return Buffer.from(canonicalize({ ...row, answer_digest }) ?? '')
}

/** The same of an execution's receipt, which lies under an id of its own. */
function executionLeafOf({ id, record }: ExportEntry): Uint8Array | 'sealed' | 'altered' {
  if (record === undefined) return 'sealed'
  const row = record as Record<string, unknown>
  return typeof row.id === 'string' && receiptIdOf(row.id) === id && row.kind === 'execution'
    ? Buffer.from(canonicalize(row) ?? '')
    : 'altered'
}

/**
 * Verifies an export of the ledger without asking the service: every leaf again from the rows, every checkpoint's
 * signature and root, and, with `previous`, that nothing of the past was rewritten.
 * @param lines of `GET /v1/ledger/export`
 * @throws CheckpointRefused where `previous` is no checkpoint
 */
export const verifyExport = async (lines: AsyncIterable<string>, options: VerifyOptions = {}): Promise<AuditReport> => {
  const verifier = new ExportVerifier(options)
  for await (const line of lines) if (line !== '') verifier.take(line)
  return verifier.report()
}
