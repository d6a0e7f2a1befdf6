import { hash } from 'node:crypto'
import { canariesIn, canaryFrom } from './search.js'

/** Where a canary was put, and whose it is. */
export interface Canary {
  readonly text: string
  readonly tenant: string
  readonly place: string
  /** The one call that knows it, where it lives in the memory of a guest. */
  readonly call?: string
  /** Nobody but the guest is ever to be given it: a secret. */
  readonly guestOnly?: boolean
}

/** Something that somebody got to see. */
export interface Observation {
  /** The organisation that saw it; null for everybody, and for code that escaped. */
  readonly tenant: string | null
  /** The call that it answers, where a guest said it. */
  readonly call?: string
  readonly probe: string
  readonly where: string
  /** One character for each byte. */
  readonly text: string
}

export interface Leak {
  readonly probe: string
  readonly where: string
  readonly seen_by: string | null
  readonly belongs_to: string
  readonly place: string
}

/** Why somebody may not see a canary; undefined where they may. */
const trespass = ({ tenant, call, guestOnly }: Canary, seen: Observation): string | undefined => {
  if (tenant !== seen.tenant) return 'another organisation'
  if (call !== undefined && seen.call !== undefined && call !== seen.call) return 'another call'
  if (guestOnly === true && seen.call === undefined) return 'outside the guest'
  return undefined
}

/** Everything that was planted, and what was seen of it where. */
export class Canaries {
  private readonly all = new Map<string, Canary>()
  private readonly sightings = new Map<string, number>()
  private readonly found = new Map<string, Leak>()
  /** What was found in each line, by its digest: the same rows and answers are shown again and again. */
  private readonly searched = new Map<string, ReadonlySet<string>>()
  observations = 0

  constructor(private readonly draw: () => number) {}

  get planted(): number {
    return this.all.size
  }

  /** Each canary that somebody saw who may not, once for each probe. */
  get leaks(): readonly Leak[] {
    return [...this.found.values()]
  }

  /** How often owners saw what was planted, by place: none means that nothing was planted there. */
  get seenByOwners(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.sightings].toSorted())
  }

  plant(canary: Omit<Canary, 'text'>): string {
    const text = canaryFrom(this.draw)
    this.all.set(text, { ...canary, text })
    if (!this.sightings.has(canary.place)) this.sightings.set(canary.place, 0)
    return text
  }

  /** Takes something for a canary that was not drawn by us, such as what a guest drew by chance. */
  adopt(text: string, canary: Omit<Canary, 'text'>, seen: Observation): void {
    const before = this.all.get(text)
    if (before === undefined) {
      this.all.set(text, { ...canary, text })
      this.sighted(canary.place)
    } else if (before.call !== canary.call) this.leak(before, seen)
  }

  /** Searches what somebody saw. */
  observe(seen: Observation): void {
    this.observations++
    for (const text of new Set(seen.text.split('\n').flatMap((line) => [...this.canariesOf(line)]))) {
      const canary = this.all.get(text)
      if (canary === undefined) continue
      if (trespass(canary, seen) === undefined) this.sighted(canary.place)
      else this.leak(canary, seen)
    }
  }

  /** No form of a canary goes beyond a line. */
  private canariesOf(line: string): ReadonlySet<string> {
    const digest = hash('sha256', line, 'base64')
    const before = this.searched.get(digest)
    if (before !== undefined) return before
    const found = canariesIn(line)
    this.searched.set(digest, found)
    return found
  }

  private sighted(place: string): void {
    this.sightings.set(place, (this.sightings.get(place) ?? 0) + 1)
  }

  private leak({ text, tenant, place }: Canary, { probe, where, tenant: seenBy }: Observation): void {
    this.found.set(`${probe} ${text}`, { probe, where, seen_by: seenBy, belongs_to: tenant, place })
  }
}
