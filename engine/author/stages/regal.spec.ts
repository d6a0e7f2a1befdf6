import { describe, expect, it } from '@jest/globals'
import { regalFaults } from './regal.js'

describe("Regal's report", () => {
  it('gives a fault for each violation', () => {
    const violation = {
      title: 'prefer-snake-case',
      description: 'Prefer snake_case for names',
      category: 'style',
      level: 'error',
      location: { file: 'governance/call/call.rego', row: 12, col: 1, text: 'camelCase := 1' },
    }
    expect(regalFaults(JSON.stringify({ violations: [violation], summary: {} }), '')).toEqual([
      {
        file: 'governance/call/call.rego',
        line: 12,
        rule: 'style/prefer-snake-case',
        message: 'Prefer snake_case for names',
        remedy: expect.stringContaining('prefer-snake-case'),
      },
    ])
    expect(regalFaults('{"violations": []}', '')).toEqual([])
  })

  it('that is none is never a pass', () => {
    expect(regalFaults('', 'cannot start')).toEqual([
      expect.objectContaining({ rule: 'regal', message: expect.stringContaining('cannot start') }),
    ])
  })
})
