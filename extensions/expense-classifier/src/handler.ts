import * as http from 'gatehouse:extension/http@0.1.0'
import * as kv from 'gatehouse:extension/kv@0.1.0'
import * as log from 'gatehouse:extension/log@0.1.0'
import { decodeUtf8, encodeUtf8, isHostError, json, problem, type Request, type Response } from '@gatehouse/sdk'
import {
  classify,
  DEFAULT_SETTINGS,
  InvalidExpense,
  readExpenses,
  readSettings,
  type Rates,
  type Settings,
} from './classify.js'

const SETTINGS = 'settings'

/** What is in force: what was put, or what comes along. */
const settings = (): Settings => {
  const kept = kv.get(SETTINGS)
  return kept ? (JSON.parse(decodeUtf8(kept)) as Settings) : DEFAULT_SETTINGS
}

/** Today's rates from the one host that the manifest declares. */
const rates = (url: string): Rates => {
  const answer = http.fetch({ method: 'GET', url, headers: [['accept', 'application/json']], body: new Uint8Array() })
  if (answer.status !== 200) throw new Error(`the rates answered ${answer.status}`)
  return (JSON.parse(decodeUtf8(answer.body)) as { rates: Rates }).rates
}

const putSettings = (request: Request): Response => {
  const given = readSettings(JSON.parse(decodeUtf8(request.body)))
  kv.set(SETTINGS, encodeUtf8(JSON.stringify(given)))
  log.write('info', `${given.rules.length} rules kept`)
  return json(200, { rules: given.rules.length, rates_url: given.rates_url })
}

const classifyExpenses = (request: Request): Response => {
  const { rules, rates_url } = settings()
  const expenses = readExpenses(JSON.parse(decodeUtf8(request.body)))
  const classified = classify(expenses, rules, rates(rates_url))
  log.write('info', `${classified.length} expenses classified`)
  return json(200, {
    expenses: classified,
    total_base_amount: classified.reduce((sum, { base_amount }) => sum + base_amount, 0),
  })
}

/** `POST /classify` expenses; `PUT /settings` in force from then on. */
export function handle(request: Request): Response {
  try {
    return request.path === '/settings' ? putSettings(request) : classifyExpenses(request)
  } catch (error) {
    if (error instanceof InvalidExpense || error instanceof SyntaxError || error instanceof RangeError) {
      return problem(422, 'Not expenses', error.message)
    }
    if (isHostError(error))
      return problem(502, 'Refused by the host', `${error.payload.code}: ${error.payload.message}`)
    throw error
  }
}
