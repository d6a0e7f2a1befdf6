const MINUTE_MS = 60_000
/** So many are kept before those of minutes that are over go. */
const MANY = 1_000

/** Something that is counted within one minute. */
interface Counted {
  readonly minute: number
}

/** Counts of the minute by key, on this instance. */
export class Minutes<T extends Counted> {
  private readonly counts = new Map<string, T>()

  /** @param begin counts of a minute in which nothing has happened yet */
  constructor(
    private readonly begin: (minute: number) => T,
    private readonly now: () => number,
  ) {}

  /** Whole seconds until the minute ends. */
  get secondsLeft(): number {
    return Math.ceil((MINUTE_MS - (this.now() % MINUTE_MS)) / 1000)
  }

  /** Minutes since the epoch. */
  get minute(): number {
    return Math.floor(this.now() / MINUTE_MS)
  }

  /** What has been counted in this minute. */
  get keys(): string[] {
    const { minute } = this
    return [...this.counts].filter(([, counted]) => counted.minute === minute).map(([key]) => key)
  }

  /** The counts of this minute. */
  of(key: string): T {
    const { minute } = this
    const known = this.counts.get(key)
    if (known?.minute === minute) return known
    this.forgetBefore(minute)
    const fresh = this.begin(minute)
    this.counts.set(key, fresh)
    return fresh
  }

  private forgetBefore(minute: number): void {
    if (this.counts.size < MANY) return
    for (const [key, counted] of this.counts) if (counted.minute < minute) this.counts.delete(key)
  }
}
