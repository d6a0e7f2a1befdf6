import { describe, expect, it } from '@jest/globals'
import { traceOf, traceparentOf } from './trace-context.rules.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'
const NEW = { traceId: expect.stringMatching(/^[0-9a-f]{32}$/), parentId: null, flags: '03' }

describe('W3C trace context', () => {
  it('goes on with the trace of the caller, in a span of its own', () => {
    const trace = traceOf(`00-${TRACE}-${SPAN}-01`)
    expect(trace).toEqual({
      traceId: TRACE,
      parentId: SPAN,
      flags: '01',
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(trace.spanId).not.toBe(SPAN)
    expect(traceparentOf(trace)).toBe(`00-${TRACE}-${trace.spanId}-01`)
  })

  it('reads what it knows of a newer version', () =>
    expect(traceOf(`42-${TRACE}-${SPAN}-ff-and-more`)).toMatchObject({ traceId: TRACE, flags: '03' }))

  it.each([
    undefined,
    '',
    TRACE,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
    ` 00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-0g`,
  ])('begins a trace anew where the header is %j', (header) => {
    const [one, other] = [traceOf(header), traceOf(header)]
    expect(one).toMatchObject(NEW)
    expect(one.traceId).not.toBe(TRACE)
    expect(one.traceId).not.toBe(other.traceId)
  })
})
