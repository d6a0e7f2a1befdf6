import { describe, expect, it } from '@jest/globals'
import { guestHeaders } from './request-headers.rules.js'
import { passOn } from '#runtime/calls/response.rules.js'

describe('guestHeaders', () => {
  it('lets through what is allow-listed and nothing of the caller or the connection', () => {
    const sent = {
      'accept-language': 'de',
      'content-type': 'application/json',
      'x-ext-mode': 'fast',
      cookie: 'session=1',
      authorization: 'Bearer key',
      'proxy-authorization': 'x',
      'x-internal-user': 'root',
      'x-forwarded-for': '10.0.0.1',
      connection: 'upgrade',
      'transfer-encoding': 'chunked',
      host: 'gatehouse',
      'x-correlation-id': 'spoofed',
    }
    expect(guestHeaders(sent, { correlationId: 'ours' })).toEqual([
      ['accept-language', 'de'],
      ['content-type', 'application/json'],
      ['x-ext-mode', 'fast'],
      ['x-correlation-id', 'ours'],
    ])
  })

  it('tells the guest of the trace in the span of this request, and not in the caller’s', () => {
    const trace = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: 'c'.repeat(16), flags: '01' }
    const sent = { traceparent: `00-${'a'.repeat(32)}-${'c'.repeat(16)}-01`, tracestate: 'vendor=1' }
    expect(guestHeaders(sent, { correlationId: 'ours', trace })).toEqual([
      ['x-correlation-id', 'ours'],
      ['traceparent', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`],
    ])
  })
})

describe('passOn', () => {
  const pass = (headers: [string, string][], status = 200) => passOn({ status, headers }, 'decision')

  it('strips cookies, policies of the origin, redirects and whatever is not well-formed', () => {
    const { headers } = pass([
      ['Content-Type', 'text/csv; charset=utf-8'],
      ['Set-Cookie', 'a=b'],
      ['Location', 'https://evil.test'],
      ['Content-Security-Policy', 'default-src *'],
      ['Access-Control-Allow-Origin', '*'],
      ['Strict-Transport-Security', 'max-age=0'],
      ['X-Gatehouse-Decision-Id', 'forged'],
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '0'],
      ['X-Ext-Note', 'kept'],
      ['X-Ext-Split', 'a\r\nset-cookie: b=c'],
      ['X-Ext-Bad Name', 'x'],
    ])
    expect(headers).toEqual({
      'content-type': 'text/csv; charset=utf-8',
      'x-ext-note': 'kept',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    })
  })

  it.each([
    'text/html',
    'image/svg+xml',
    'application/javascript',
    'text/xml',
    'application/xhtml+xml',
    'TEXT/HTML; x',
  ])('does not pass %s on', (type) => {
    expect(() => pass([['content-type', type]])).toThrow(
      expect.objectContaining({ code: 'execution.response_invalid' }),
    )
  })

  it('passes server-sent events on, which no browser takes for a document', () => {
    const { headers } = pass([
      ['content-type', 'text/event-stream'],
      ['cache-control', 'no-cache'],
    ])
    expect(headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-content-type-options': 'nosniff' })
  })

  it.each<[string, [string, string][]]>([
    ['too many', Array.from({ length: 65 }, (_, index) => [`x-ext-${index}`, 'a'])],
    ['too large', [['x-ext-note', 'a'.repeat(8192)]]],
  ])('does not pass headers on that are %s', (_what, headers) => {
    expect(() => pass(headers)).toThrow(expect.objectContaining({ code: 'execution.response_invalid' }))
  })

  it.each([0, 100, 101, 199, 600, 65_535, 200.5])('does not pass the status %d on', (status) => {
    expect(() => pass([], status)).toThrow(expect.objectContaining({ code: 'execution.response_invalid' }))
  })
})
