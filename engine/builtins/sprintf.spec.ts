import { describe, expect, it } from '@jest/globals'
import { NoAnswer } from './call.js'
import { EvaluationError } from '../errors.js'
import { read } from './notation.js'
import { SPRINTF } from './sprintf.js'

const CALL = { pay: () => undefined }
/** Formats values that are given in Rego's notation. */
const format = (template: string, values: string) => SPRINTF['sprintf']!([template, read(values)], CALL)

/** What Go's fmt.Sprintf answers, taken from it. */
describe('sprintf', () => {
  it.each([
    ['%s and %d', '["a", 1]', 'a and 1'],
    ['%v %v %v %v', '[1000000.0, 123456789.5, 1e21, 1e20]', '1e+06 1.234567895e+08 1e+21 1e+20'],
    ['%g|%.3g|%G', '[1e20, 123456.0, 1.5e-7]', '1e+20|1.23e+05|1.5E-07'],
    ['%+.2e|%08.3f|%6.2f|%v', '[12345.678, -3.14159, 2.5, 0.00001234]', '+1.23e+04|-003.142|  2.50|1.234e-05'],
    ['%-8d|%+d|%x|%#x|%o|%b', '[5, 7, 255, 255, 8, 5]', '5       |+7|ff|0xff|10|101'],
    ['%05s|%q|%U|%c|%x', '["ab", "a\\"b", 128512, 65, "hi"]', '000ab|"a\\"b"|U+1F600|A|6869'],
    ['%.0f %.0f %.0f', '[0.5, 1.5, 2.5]', '0 2 2'],
    ['%d', '[12345678901234567890]', '12345678901234567890'],
    ['%v', '[{"b": {1, 2}, "a": [null, true]}]', '{"a": [null, true], "b": {1, 2}}'],
    ['%s', '[1.5]', '%!s(float64=1.5)'],
    ['%d', '["x"]', '%!d(string=x)'],
    ['%d %d', '[1]', '1 %!d(MISSING)'],
    ['%d', '[1, "x"]', '1%!(EXTRA string=x)'],
    ['%[2]d %[1]d', '[1, 2]', '2 1'],
    ['%[3]d', '[1]', '%!d(BADINDEX)'],
    ['%*d|%-*d|%.*f', '[4, 1, 4, 1, 2, 1.5]', '   1|1   |1.50'],
    ['100%%', '[]', '100%'],
    ['%', '[]', '%!(NOVERB)'],
    ['%!', '[1]', '%!!(int64=1)'],
    ['%T %T %T', '[1, 1.5, "x"]', 'int64 float64 string'],
    ['%6.3d|%+q', '[7, "é"]', '   007|"\\u00e9"'],
  ])('%s of %s', (template, values, expected) => {
    expect(format(template, values)).toBe(expected)
  })

  it('has no answer for what is no array', () => {
    expect(() => format('%d', '1')).toThrow(NoAnswer)
  })

  it('ends the evaluation at a verb that it does not format as Go does', () => {
    expect(() => format('%b', '[1.5]')).toThrow(EvaluationError)
  })
})
