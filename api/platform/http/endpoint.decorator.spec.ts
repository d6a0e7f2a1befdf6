import { describe, expect, it } from '@jest/globals'
import { routerPath, templateParams } from './endpoint.decorator.js'

describe('a path of the endpoint table', () => {
  it('takes the rest of the address where it ends in {path}', () => {
    expect(routerPath('/v1/policy/drafts/{id}/files/{path}')).toBe('/v1/policy/drafts/:id/files/*')
    expect(templateParams({ id: 'd', '*': 'governance/call/call.rego' })).toEqual({
      id: 'd',
      path: 'governance/call/call.rego',
    })
  })

  it('has no path elsewhere, and an empty one where nothing follows', () => {
    expect(templateParams({ id: 'd' })).toEqual({ id: 'd' })
    expect(templateParams({ '*': '' })).toEqual({ path: '' })
  })
})
