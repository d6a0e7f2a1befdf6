import { describe, expect, it } from '@jest/globals'
import { configuration } from './schemathesis-config.rules.js'

describe('the configuration of Schemathesis', () => {
  const text = configuration({ values: { 'limits.show': { name: ['walk-1', 'a "quoted" one'] }, 'policy.show': {} } })

  it('tries what was there in a part of all requests', () => {
    expect(text).toContain(String.raw`"limits.show name" = { values = ["walk-1", "a \"quoted\" one"] }`)
    expect(text).toContain('include-operation-id = "limits.show"')
    expect(text).toContain('"path.name" = { dictionary = "limits.show name", probability = 0.5 }')
  })

  it('leaves out one check, and says why', () => {
    expect(text.match(/enabled = false/g)).toHaveLength(2)
    expect(text).toMatch(
      /# what fits a schema may still be refused[^\n]*\n\[checks\.positive_data_acceptance\]\nenabled = false/,
    )
    expect(text).toContain('[cache]\nenabled = false')
  })
})
