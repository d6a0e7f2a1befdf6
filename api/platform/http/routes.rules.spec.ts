import { describe, expect, it } from '@jest/globals'
import { allowedMethods } from './routes.rules.js'

describe('allowedMethods', () => {
  it('names the methods of a path that exists, query string apart', () => {
    expect(allowedMethods('/livez?verbose=1')).toEqual(['GET'])
  })

  it('names every method where a path takes any', () => {
    expect(allowedMethods('/api/ext/com.example.none/a/b')).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
  })

  it('is empty for a path that does not exist', () => {
    expect(allowedMethods('/livez/more')).toEqual([])
  })
})
