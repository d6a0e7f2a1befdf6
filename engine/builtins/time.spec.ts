import { describe, expect, it } from '@jest/globals'
import { NoAnswer } from './call.js'
import { read, write } from './notation.js'
import { TIME } from './time.js'

const CALL = { pay: () => undefined }
/** Calls a builtin with arguments in Rego's notation. */
const ask = (name: string, ...values: string[]) => write(TIME[name]!(values.map(read), CALL))

/** What Go's time package answers, taken from it. */
describe('time.format', () => {
  it.each([
    ['1582977600000000000', '2020-02-29T12:00:00Z'],
    ['[1582977600123000000, "Europe/Berlin"]', '2020-02-29T13:00:00.123+01:00'],
    ['[1582977600000000000, "America/New_York", "RFC1123"]', 'Sat, 29 Feb 2020 07:00:00 EST'],
    ['[1593604800000000000, "America/New_York", "UnixDate"]', 'Wed Jul  1 08:00:00 EDT 2020'],
    [
      '[1582977600000000000, "UTC", "January 2, 06 03:04PM __2 002 Z07:00 -07"]',
      'February 29, 20 12:00PM  60 060 Z +00',
    ],
    ['[1582977600100200300, "", "15h 04 05.000 .999999 ,00"]', '12h 00 00.100 .1002 ,10'],
    ['[0, "Asia/Kolkata", "2006-01-02 -0700 Z070000"]', '1970-01-01 +0530 +053000'],
    ['[-1, "UTC", "RFC3339Nano"]', '1969-12-31T23:59:59.999999999Z'],
  ])('%s', (moment, expected) => {
    expect(ask('time.format', moment)).toBe(JSON.stringify(expected))
  })
})

describe('time.parse_ns', () => {
  it.each([
    ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 GMT', '1136214245000000000'],
    ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700', '1136239445000000000'],
    ['2006-01-02', '2020-02-29', '1582934400000000000'],
    ['2006-01-02 15:04:05', '2020-02-29 12:00:00.5', '1582977600500000000'],
    ['3:04PM', '12:30AM', undefined],
    ['2006 002', '2020 060', '1582934400000000000'],
    ['2006-01-02', '2019-02-29', undefined],
    ['2006-01-02', '2020-02-29x', undefined],
    ['RFC3339', '2020-02-29T12:00:00', undefined],
  ])('%s: %s', (layout, given, expected) => {
    const parse = () => ask('time.parse_ns', JSON.stringify(layout), JSON.stringify(given))
    if (expected === undefined) expect(parse).toThrow(NoAnswer)
    else expect(parse()).toBe(expected)
  })
})

describe('a calendar', () => {
  it.each([
    ['time.add_date', ['[1580428800000000000, "UTC"]', '0', '1', '0'], '1583107200000000000'],
    ['time.add_date', ['[1585353600000000000, "Europe/Berlin"]', '0', '0', '1'], '1585440000000000000'],
    ['time.diff', ['1582977600000000000', '0'], '[50,1,28,12,0,0]'],
    ['time.weekday', ['1582977600000000000'], '"Saturday"'],
    ['time.date', ['[1582934399000000000, "Asia/Tokyo"]'], '[2020,2,29]'],
    ['time.parse_duration_ns', ['"1h15m30.918s"'], '4530918000000'],
    ['time.parse_duration_ns', ['"-1.5d"'], '-129600000000000'],
    ['time.parse_duration_ns', ['"1y2w"'], '32745600000000000'],
  ])('%s of %s', (name, values, expected) => {
    expect(ask(name, ...values)).toBe(expected)
  })

  it.each(['"300y"', '"1x"', '""', '"1"', '".d"'])('takes %s for no duration', (given) => {
    expect(() => ask('time.parse_duration_ns', given)).toThrow(NoAnswer)
  })
})
