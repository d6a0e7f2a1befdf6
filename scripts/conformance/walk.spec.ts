import { describe, expect, it } from '@jest/globals'
import { openApiDocument } from '#contract/generators/openapi.js'
import { ApiDocument } from './document.js'
import { findWalks } from './walk.js'

describe('the walks', () => {
  it('are there for every operation of the document, and for no other', async () => {
    const walks = await findWalks()
    const ids = new ApiDocument(openApiDocument()).operations.map(({ id }) => id)
    const missing = ids.filter((id) => !walks.has(id))
    // Add one under scripts/conformance/walks/, by the id of the operation.
    expect(missing).toEqual([])
    expect([...walks.keys()].filter((id) => !ids.includes(id))).toEqual([])
  })
})
