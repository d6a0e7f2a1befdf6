/** So many subjects are kept before those of minutes that are over go. */
const MANY = 1_000

interface Subject {
  readonly minute: number
  /** What each of the others told last. */
  readonly tellers: Map<string, number>
  total: number
}

/** What other instances have counted within a minute, as they told last. */
export class CountedElsewhere {
  private readonly subjects = new Map<string, Subject>()

  /**
   * Takes over what an instance told. Each count is all that it has counted in that minute, so one that is lost or told twice
   * does no harm.
   */
  hear(teller: string, minute: number, counts: Iterable<readonly [subject: string, count: number]>): void {
    for (const [name, count] of counts) {
      const subject = this.at(name, minute)
      if (!subject) continue
      subject.total += count - (subject.tellers.get(teller) ?? 0)
      subject.tellers.set(teller, count)
    }
  }

  of(name: string, minute: number): number {
    const known = this.subjects.get(name)
    return known?.minute === minute ? known.total : 0
  }

  /** Undefined where the minute is over: clocks differ by a little. */
  private at(name: string, minute: number): Subject | undefined {
    const known = this.subjects.get(name)
    if (known && known.minute >= minute) return known.minute === minute ? known : undefined
    this.forgetBefore(minute)
    const fresh: Subject = { minute, tellers: new Map(), total: 0 }
    this.subjects.set(name, fresh)
    return fresh
  }

  private forgetBefore(minute: number): void {
    if (this.subjects.size < MANY) return
    for (const [name, subject] of this.subjects) if (subject.minute < minute) this.subjects.delete(name)
  }
}
