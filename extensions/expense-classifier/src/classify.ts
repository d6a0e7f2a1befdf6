/** Rules and money of the expense classifier: pure, so that the same code runs in the sandbox and under test. */

/** One rule: the first whose words all occur in the description gives the category. */
export interface Rule {
  words: string[]
  category: string
}

export interface Expense {
  description: string
  /** In minor units of the currency (cents). */
  amount: number
  /** ISO 4217 code. */
  currency: string
}

export interface Classified extends Expense {
  category: string
  /** In minor units of the base currency, rounded half to even. */
  base_amount: number
}

/** Units of the base currency for one unit of each currency, by ISO 4217 code. */
export type Rates = Record<string, number>

/** What was sent cannot be classified; the message names the field. */
export class InvalidExpense extends Error {}

/** What is kept for an install. */
export interface Settings {
  rules: Rule[]
  /** Where today's rates are; its host must be the one that the manifest declares. */
  rates_url: string
}

const DEFAULT_RULES: Rule[] = [
  { words: ['hotel'], category: 'travel:lodging' },
  { words: ['train'], category: 'travel:transport' },
  { words: ['flight'], category: 'travel:transport' },
  { words: ['taxi'], category: 'travel:transport' },
  { words: ['lunch'], category: 'meals' },
  { words: ['dinner'], category: 'meals' },
  { words: ['laptop'], category: 'equipment' },
  { words: ['subscription'], category: 'software' },
]

/** What is in force until settings are put. */
export const DEFAULT_SETTINGS: Settings = { rules: DEFAULT_RULES, rates_url: 'http://localhost:4100/rates' }

/** The category of a description under the first rule that matches, or `uncategorised`. */
export const categoryOf = (description: string, rules: readonly Rule[]): string => {
  const text = description.toLowerCase()
  return (
    rules.find(({ words }) => words.every((word) => text.includes(word.toLowerCase())))?.category ?? 'uncategorised'
  )
}

/** Rounds half to even, so that many small amounts don't drift upwards. */
export const roundHalfEven = (value: number): number => {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const readExpense = (value: unknown, index: number): Expense => {
  if (!isRecord(value)) throw new InvalidExpense(`expenses/${index} must be an object`)
  const { description, amount, currency } = value
  if (typeof description !== 'string') throw new InvalidExpense(`expenses/${index}/description must be text`)
  if (!Number.isSafeInteger(amount))
    throw new InvalidExpense(`expenses/${index}/amount must be a whole number of minor units`)
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    throw new InvalidExpense(`expenses/${index}/currency must be an ISO 4217 code`)
  return { description, amount: amount as number, currency }
}

/** Reads `{expenses: [...]}`. Throws `InvalidExpense`. */
export const readExpenses = (body: unknown): Expense[] => {
  if (!isRecord(body) || !Array.isArray(body['expenses'])) throw new InvalidExpense('expenses must be a list')
  return body['expenses'].map(readExpense)
}

const readRule = (value: unknown, index: number): Rule => {
  if (!isRecord(value) || typeof value['category'] !== 'string') {
    throw new InvalidExpense(`rules/${index}/category must be text`)
  }
  const { words, category } = value
  if (!Array.isArray(words) || words.length === 0 || !words.every((word) => typeof word === 'string')) {
    throw new InvalidExpense(`rules/${index}/words must be a list of at least one word`)
  }
  return { words, category }
}

/** Reads `{rules: [{words, category}], rates_url?}`. Throws `InvalidExpense`. */
export const readSettings = (body: unknown): Settings => {
  if (!isRecord(body) || !Array.isArray(body['rules'])) throw new InvalidExpense('rules must be a list')
  const { rates_url = DEFAULT_SETTINGS.rates_url } = body
  if (typeof rates_url !== 'string') throw new InvalidExpense('rates_url must be text')
  return { rules: body['rules'].map(readRule), rates_url }
}

/** Classifies expenses and converts them to the base currency; a currency without a rate is refused. */
export const classify = (expenses: readonly Expense[], rules: readonly Rule[], rates: Rates): Classified[] =>
  expenses.map((expense, index) => {
    const rate = rates[expense.currency]
    if (typeof rate !== 'number' || !(rate > 0))
      throw new InvalidExpense(`expenses/${index}/currency ${expense.currency} has no rate`)
    return {
      ...expense,
      category: categoryOf(expense.description, rules),
      base_amount: roundHalfEven(expense.amount * rate),
    }
  })
