import { describe, expect, it } from '@jest/globals'
import { eventText } from './server-sent-event.js'

describe('a server-sent event', () => {
  it.each([
    [{ data: 'a' }, 'data: a\n\n'],
    [{ data: 'a\nb\r\nc\rd' }, 'data: a\ndata: b\ndata: c\ndata: d\n\n'],
    [{ data: { a: 'b\nc' } }, 'data: {"a":"b\\nc"}\n\n'],
    [{ data: '', event: 'done', id: '7', retry: 1500 }, 'event: done\nid: 7\nretry: 1500\ndata: \n\n'],
  ])('%j goes as %j', (event, text) => expect(eventText(event)).toBe(text))

  it.each([
    { data: '', event: 'a\ndata: forged' },
    { data: '', id: 'a\rb' },
    { data: '', id: 'a\0b' },
  ])('%j is none', (event) => expect(() => eventText(event)).toThrow(RangeError))
})
