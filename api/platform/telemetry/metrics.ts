import { Inject, Injectable } from '@nestjs/common'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { Database } from '../database/database.service.js'

/** Seconds; a governed call lies between one and fifty milliseconds. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30]

/** One answered request, as its metrics tell of it: the route's pattern, never the path, so that no id becomes a label. */
export interface Answered {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly seconds: number
}

/** A gauge of another module. */
export interface Watched {
  readonly name: string
  readonly help: string
  readonly label: string
  read(): Readonly<Record<string, number>>
}

/** What Prometheus scrapes. Labels name nobody: no tenant, no person, no extension. */
@Injectable()
export class Metrics {
  readonly registry = new Registry()

  private readonly requests = new Histogram({
    name: 'gatehouse_http_request_seconds',
    help: 'Time to answer a request, by route and status class',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [this.registry],
  })

  constructor(@Inject(Database) database: Pick<Database, 'connections'>) {
    collectDefaultMetrics({ register: this.registry })
    const connections = new Gauge({
      name: 'gatehouse_database_connections',
      help: 'Connections to PostgreSQL, by pool and state; waiting are those who ask for one',
      labelNames: ['pool', 'state'],
      registers: [this.registry],
      collect: () => {
        for (const { role, ...states } of database.connections())
          for (const [state, value] of Object.entries(states)) connections.set({ pool: role, state }, value)
      },
    })
  }

  /** Adds a gauge whose values, by the values of its one label, are read when Prometheus asks. */
  watch({ name, help, label, read }: Watched): void {
    const gauge = new Gauge({
      ...{ name, help, labelNames: [label], registers: [this.registry] },
      collect: () => {
        for (const [value, count] of Object.entries(read())) gauge.set({ [label]: value }, count)
      },
    })
  }

  /** Counts an answered request. */
  answered({ method, route, status, seconds }: Answered): void {
    this.requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds)
  }
}
