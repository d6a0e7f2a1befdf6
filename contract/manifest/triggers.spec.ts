import { describe, expect, it } from '@jest/globals'
import { isCron } from './triggers.js'

describe('a cron line', () => {
  it.each(['* * * * *', '0 6 * * 1', '*/15 0-6,22 1 1-12/3 0,7', '59 23 31 12 7'])('accepts %s', (line) =>
    expect(isCron(line)).toBe(true),
  )
  it.each([
    ['', 'nothing'],
    ['* * * *', 'four fields'],
    ['* * * * * *', 'six fields'],
    ['60 * * * *', 'a minute past 59'],
    ['* * 0 * *', 'a day before the first'],
    ['* * * 13 *', 'a thirteenth month'],
    ['30-10 * * * *', 'a range backwards'],
    ['*/0 * * * *', 'a step of nothing'],
    ['1,,2 * * * *', 'an empty part'],
    ['@daily', 'a name'],
    ['0 6 * * MON', 'a day by name'],
  ])('refuses %j: %s', (line) => expect(isCron(line)).toBe(false))
})
