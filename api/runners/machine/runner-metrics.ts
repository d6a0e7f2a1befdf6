import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Beat } from '../channel/watch-frames.js'

const STATES = ['size', 'members', 'busy', 'blank', 'waiting', 'running'] as const

/** What Prometheus scrapes of a runner. Labels name nobody: no organisation, no extension. */
export class RunnerMetrics {
  readonly registry = new Registry()
  private readonly calls = new Counter({
    name: 'gatehouse_runner_calls_total',
    help: 'Calls that this runner was given, by how they ended; refused ones were never begun',
    labelNames: ['outcome'],
    registers: [this.registry],
  })

  constructor(standing: () => Pick<Beat, (typeof STATES)[number]>) {
    collectDefaultMetrics({ register: this.registry })
    const slots = new Gauge({
      name: 'gatehouse_runner_slots',
      help: 'Slots of this runner by state; waiting are calls, running are calls that run or wait',
      labelNames: ['state'],
      registers: [this.registry],
      collect: () => {
        const now = standing()
        for (const state of STATES) slots.set({ state }, now[state])
      },
    })
  }

  ended(outcome: string): void {
    this.calls.inc({ outcome })
  }
}
