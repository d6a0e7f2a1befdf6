import type { Attributes } from '@opentelemetry/api'
import type { Config } from '../config/config.js'
import type { Trace } from '../http/trace-context.rules.js'

const TRACES_PATH = '/v1/traces'
/** Flag of a trace (W3C Trace Context, level 2). */
const SAMPLED = 0x01

/** Something that was done as part of a trace, and is over. Times in milliseconds since the epoch. */
export interface Done {
  readonly name: string
  readonly kind: 'server' | 'internal'
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  /** What it was part of; null at the beginning of a trace. */
  readonly parentId: string | null
  readonly start: number
  readonly end: number
  readonly attributes: Attributes
  readonly failed: boolean
}

/** Where spans go. */
export interface SpanSink {
  done(what: Done): void
  /** Sends what is left. */
  close(): Promise<void>
}

/**
 * Spans for a collector of OpenTelemetry (OTLP over HTTP). Ids are those that requests and records have already, so that
 * what is done is told of once it is over; without a collector nobody builds any of it.
 */
export class Spans {
  constructor(private readonly sink: SpanSink | null) {}

  /** Whether what is part of this trace is to be told: somebody listens, and the caller had it sampled. */
  wants(trace: Pick<Trace, 'flags'> | undefined): trace is Trace {
    return this.sink !== null && trace !== undefined && (Number.parseInt(trace.flags, 16) & SAMPLED) > 0
  }

  /** Tells of something that is over. It is sent with others, and dropped where the collector cannot be reached. */
  done(what: Done): void {
    this.sink?.done(what)
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    await this.sink?.close()
  }
}

/** Spans to the collector that the settings name; to nobody where they name none, and then what sends them is not loaded. */
export const openSpans = async ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_HEADERS: headers,
}: Pick<Config, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_HEADERS'>): Promise<Spans> => {
  if (endpoint === undefined) return new Spans(null)
  const { openCollector } = await import('./collector.js')
  return new Spans(openCollector(endpoint.replace(/\/$/, '') + TRACES_PATH, headers))
}
