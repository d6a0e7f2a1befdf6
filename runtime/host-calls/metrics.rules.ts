import type { METRIC_KINDS } from '#contract/vocabulary.js'

export type MetricKind = (typeof METRIC_KINDS)[number]
export type Labels = readonly (readonly [name: string, value: string])[]

/** What a guest measured once. */
export interface Measurement {
  readonly kind: MetricKind
  readonly name: string
  readonly labels: Labels
  readonly value: number
}

/** Measurements of one name with the same labels, added up. `labels` is canonical JSON. */
export interface Series {
  readonly kind: MetricKind
  readonly name: string
  readonly labels: string
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  readonly last: number
}

/** Labels in one order, so that equal ones are equal as text. */
const labelText = (labels: Labels): string =>
  JSON.stringify(Object.fromEntries(labels.toSorted(([a], [b]) => (a < b ? -1 : 1))))

const keyOf = ({ kind, name, labels }: Pick<Series, 'kind' | 'name' | 'labels'>): string => `${kind} ${name} ${labels}`

const seriesOf = ({ kind, name, labels, value }: Measurement): Series => ({
  ...{ kind, name, labels: labelText(labels), count: 1 },
  ...{ sum: value, min: value, max: value, last: value },
})

/** Two parts of one series, the later one second. */
export const together = (one: Series, later: Series): Series => ({
  ...later,
  count: one.count + later.count,
  sum: one.sum + later.sum,
  min: Math.min(one.min, later.min),
  max: Math.max(one.max, later.max),
})

/** What one invocation measured, added up by series. */
export class MetricSheet {
  private readonly series = new Map<string, Series>()

  /** How many series there would be with this one. */
  sizeWith(measurement: Measurement): number {
    return this.series.size + (this.series.has(keyOf(seriesOf(measurement))) ? 0 : 1)
  }

  add(measurement: Measurement): void {
    const added = seriesOf(measurement)
    const before = this.series.get(keyOf(added))
    this.series.set(keyOf(added), before ? together(before, added) : added)
  }

  close(): readonly Series[] {
    return [...this.series.values()]
  }
}
