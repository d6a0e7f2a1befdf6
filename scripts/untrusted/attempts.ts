/** How often each probe was tried, and how that was answered. */
export class Attempts {
  private readonly counts = new Map<string, number>()
  private readonly statuses = new Map<string, number>()

  /** Names a probe before its first attempt, so that one which is never made is seen. */
  expect(...probes: readonly string[]): void {
    for (const probe of probes) this.counts.set(probe, this.counts.get(probe) ?? 0)
  }

  made(probe: string, answer: number | string = 'made'): void {
    this.counts.set(probe, (this.counts.get(probe) ?? 0) + 1)
    const how = `${probe}: ${answer}`
    this.statuses.set(how, (this.statuses.get(how) ?? 0) + 1)
  }

  get byProbe(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts].toSorted())
  }

  get byAnswer(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.statuses].toSorted())
  }

  get missing(): readonly string[] {
    return [...this.counts].filter(([, count]) => count === 0).map(([probe]) => probe)
  }
}
