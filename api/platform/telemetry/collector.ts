import { SpanKind, SpanStatusCode, TraceFlags, type SpanContext } from '@opentelemetry/api'
import { millisToHrTime } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { Done, SpanSink } from './spans.js'

const SCOPE = { name: 'gatehouse' }
const KINDS = { server: SpanKind.SERVER, internal: SpanKind.INTERNAL } as const

/** A collector of OpenTelemetry, by the URL that takes traces. */
export const openCollector = (url: string, headers: Record<string, string>): SpanSink => {
  const processor = new BatchSpanProcessor(new OTLPTraceExporter({ url, headers }))
  return { done: (what) => processor.onEnd(spanOf(what)), close: () => processor.shutdown() }
}

const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': 'gatehouse' }))

const spanOf = ({ name, kind, traceId, spanId, parentId, start, end, attributes, failed }: Done): ReadableSpan => {
  const context = (id: string): SpanContext => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED })
  const own = context(spanId)
  return {
    ...{ name, attributes, resource, ended: true, links: [], events: [] },
    kind: KINDS[kind],
    spanContext: () => own,
    ...(parentId !== null && { parentSpanContext: context(parentId) }),
    startTime: millisToHrTime(start),
    endTime: millisToHrTime(end),
    duration: millisToHrTime(Math.max(end - start, 0)),
    status: { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    instrumentationScope: SCOPE,
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  }
}
