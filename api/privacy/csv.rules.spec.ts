import { describe, expect, it } from '@jest/globals'
import { csvLine } from './csv.rules.js'

describe('a line of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    [' =HYPERLINK("https://x.example")', `"' =HYPERLINK(""https://x.example"")"`],
    ['|calc', "'|calc"],
  ])('runs nothing of %j', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`)
  })

  it('quotes commas, quotes and line breaks, and leaves the rest', () => {
    expect(csvLine(['a,b', 'say "x"', 'one\ntwo', 'u_0a', null, -3, true])).toBe(
      '"a,b","say ""x""","one\ntwo",u_0a,,-3,true\r\n',
    )
  })
})
