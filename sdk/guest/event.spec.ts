import { describe, expect, it } from '@jest/globals'
import { eventRequest } from '#runtime/calls/event-request.rules.js'
import { passedHeaders } from '#runtime/calls/request-headers.rules.js'
import { eventOf } from './event.js'

const EVENT = {
  ...{ specversion: '1.0' as const, id: '01990000-0000-7000-8000-000000000001', source: '/v1/installs/1' },
  ...{ type: 'com.example.a.b', time: '2026-01-02T03:04:05.000Z', datacontenttype: 'application/json' as const },
  ...{ data: { n: 1 }, extensionid: 'com.example.a', extensionversion: '1.0.0', executionid: '1', hops: 1 },
}

describe('the event of a request', () => {
  it('is what the platform delivers', () => {
    expect(eventOf(eventRequest(EVENT, '/take'))).toEqual(EVENT)
  })

  it('is none where somebody sends the same from outside', () => {
    const sent = eventRequest(EVENT, '/take')
    expect(eventOf({ ...sent, headers: passedHeaders(Object.fromEntries(sent.headers)) })).toBeUndefined()
  })
})
