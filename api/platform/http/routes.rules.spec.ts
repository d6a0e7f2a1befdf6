import { describe, expect, it } from '@jest/globals'
import { allowedMethods, isTakenForParameter } from './routes.rules.js'

describe('allowedMethods', () => {
  it('names the methods of a path that exists, query string apart', () => {
    expect(allowedMethods('/livez?verbose=1')).toEqual(['GET'])
  })

  it('names every method where a path takes any', () => {
    expect(allowedMethods('/api/ext/com.example.none/a/b')).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
  })

  it('names only its own of a path that is spelled out', () => {
    expect(allowedMethods('/v1/invitations/accept')).toEqual(['POST'])
    expect(allowedMethods('/v1/invitations/else')).toEqual(['DELETE'])
  })

  it('is empty for a path that does not exist', () => {
    expect(allowedMethods('/livez/more')).toEqual([])
  })
})

describe('isTakenForParameter', () => {
  it('is a path that is spelled out for another method', () => {
    expect(isTakenForParameter('DELETE', '/v1/invitations/accept?x=1')).toBe(true)
    expect(isTakenForParameter('POST', '/v1/invitations/accept')).toBe(false)
    expect(isTakenForParameter('HEAD', '/livez')).toBe(false)
    expect(isTakenForParameter('DELETE', '/v1/invitations/else')).toBe(false)
  })
})
