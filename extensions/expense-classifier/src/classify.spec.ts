import { describe, expect, it } from '@jest/globals'
import {
  categoryOf,
  classify,
  DEFAULT_SETTINGS,
  InvalidExpense,
  readExpenses,
  readSettings,
  roundHalfEven,
} from './classify.js'

describe('classify', () => {
  it('takes the first rule whose words all occur', () => {
    const rules = [{ words: ['train', 'first'], category: 'luxury' }, ...DEFAULT_SETTINGS.rules]
    expect(categoryOf('Train to Oslo, FIRST class', rules)).toBe('luxury')
    expect(categoryOf('Train to Oslo', rules)).toBe('travel:transport')
    expect(categoryOf('Flowers', rules)).toBe('uncategorised')
  })

  it('converts to the base currency, half to even', () => {
    const expenses = readExpenses({ expenses: [{ description: 'Lunch', amount: 25, currency: 'SEK' }] })
    expect(classify(expenses, DEFAULT_SETTINGS.rules, { SEK: 0.1 })).toEqual([
      { description: 'Lunch', amount: 25, currency: 'SEK', category: 'meals', base_amount: 2 },
    ])
    expect([0.5, 1.5, 2.5, 2.4, -0.5].map(roundHalfEven)).toEqual([0, 2, 2, 2, 0])
  })

  it.each([
    [{}, 'expenses must be'],
    [{ expenses: [null] }, 'expenses/0 must be'],
    [{ expenses: [{ description: 1 }] }, 'expenses/0/description'],
    [{ expenses: [{ description: 'x', amount: 1.5 }] }, 'expenses/0/amount'],
    [{ expenses: [{ description: 'x', amount: 1, currency: 'euro' }] }, 'expenses/0/currency'],
  ])('names the field that is wrong in %j', (body, message) => {
    expect(() => readExpenses(body)).toThrow(message)
  })

  it('refuses a currency without a rate and rules without words', () => {
    expect(() => classify([{ description: '', amount: 1, currency: 'XXX' }], [], {})).toThrow(InvalidExpense)
    expect(() => readSettings({ rules: [{ words: [], category: 'x' }] })).toThrow('rules/0/words')
  })
})
