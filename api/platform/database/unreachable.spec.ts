import { describe, expect, it } from '@jest/globals'
import { isUnreachable } from './unreachable.js'

const failed = (properties: object, message = 'failed'): Error => Object.assign(new Error(message), properties)

describe('isUnreachable', () => {
  it.each([
    failed({ code: 'ECONNREFUSED', syscall: 'connect' }),
    failed({ code: '57P03' }),
    failed({ code: '08006' }),
    failed({ code: 'P1001' }),
    failed({}, 'Connection terminated unexpectedly'),
    new AggregateError([failed({ code: 'ECONNREFUSED', syscall: 'connect' })]),
  ])('knows a server that is not there: %p', (error) => {
    expect(isUnreachable(error)).toBe(true)
  })

  it.each([
    failed({ code: '23505' }),
    failed({ code: 'GH004' }),
    failed({ code: 'P2002' }),
    failed({ code: 'ENOENT', syscall: 'open' }),
    'no error',
    null,
  ])('takes nothing else for it: %p', (error) => {
    expect(isUnreachable(error)).toBe(false)
  })
})
