import { refuse } from './call.js'
import { daysIn, nanosOf, ofDay, secondsOf } from './time-instant.js'
import { chunksOf, isOffset, MONTHS, offsetShape, WEEKDAYS, type Chunk } from './time-layout.js'

interface Found {
  year?: number
  month?: number
  day?: number
  yearDay?: number
  hour?: number
  minute?: number
  second?: number
  nanosecond?: number
  afternoon?: boolean
  /** Seconds east of UTC. */
  offset?: number
}

/** Nanoseconds since 1970 of a text in one of Go's layouts, which says what it leaves out is zero and in UTC. Refuses where Go does. */
export function parseTime(layout: string, given: string): bigint {
  const reading = new Reading(given)
  const chunks = chunksOf(layout)
  for (const [index, chunk] of chunks.entries()) reading.take(chunk, chunks[index + 1])
  return resolve(reading.finished())
}

function resolve(found: Found): bigint {
  const year = found.year ?? 0
  const { month, day } = found.yearDay === undefined ? found : fromYearDay(found, found.yearDay)
  const [monthOrFirst, dayOrFirst] = [month ?? 1, day ?? 1]
  if (dayOrFirst < 1 || dayOrFirst > daysIn(year, monthOrFirst)) refuse('day out of range')
  const local = secondsOf(year, monthOrFirst, dayOrFirst) + ofDay(hourOf(found), found.minute, found.second)
  return nanosOf(local - (found.offset ?? 0), found.nanosecond)
}

function hourOf({ hour = 0, afternoon }: Found): number {
  if (afternoon === true && hour < 12) return hour + 12
  return afternoon === false && hour === 12 ? 0 : hour
}

function fromYearDay({ year = 0, month, day }: Found, yearDay: number): { month: number; day: number } {
  if (yearDay < 1 || yearDay > (daysIn(year, 2) === 29 ? 366 : 365)) refuse('day of year out of range')
  const date = new Date(secondsOf(year, 1, yearDay) * 1_000)
  const derived = { month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  if ((month ?? derived.month) !== derived.month || (day ?? derived.day) !== derived.day)
    refuse('day of year does not match')
  return derived
}

/** Reads a text from left to right. */
class Reading {
  readonly #found: Found = {}
  #rest: string

  constructor(given: string) {
    this.#rest = given
  }

  finished(): Found {
    return this.#rest === '' ? this.#found : refuse('extra text')
  }

  take(chunk: Chunk, next: Chunk | undefined): void {
    if (chunk.kind === 'text') return this.#skip(chunk.text)
    if (chunk.kind === 'fraction') return this.#fraction(chunk.digits, chunk.exact)
    if (isOffset(chunk.element)) return this.#offset(chunk.element)
    this.#element(chunk.element)
    if ((chunk.element === '05' || chunk.element === '5') && next?.kind !== 'fraction') this.#unexpectedFraction()
  }

  /** Text must stand as it is, but any number of spaces where the layout has some, or none at the end. */
  #skip(text: string): void {
    for (const part of text.match(/ +|[^ ]+/g) ?? []) {
      if (part[0] !== ' ') this.#word(part)
      else if (this.#rest !== '' && this.#rest[0] !== ' ') refuse('a space is missing')
      else this.#rest = this.#rest.replace(/^ +/, '')
    }
  }

  #word(word: string): void {
    if (!this.#rest.startsWith(word)) refuse('the text does not follow the layout')
    this.#rest = this.#rest.slice(word.length)
  }

  #match(pattern: RegExp): string {
    const found = pattern.exec(this.#rest)?.[0] ?? refuse('the text does not follow the layout')
    this.#rest = this.#rest.slice(found.length)
    return found
  }

  #number(pattern: RegExp, least: number, most: number): number {
    const value = Number(this.#match(pattern))
    return value >= least && value <= most ? value : refuse('out of range')
  }

  #element(element: string): void {
    const found = this.#found
    switch (element) {
      case 'January':
        return void (found.month = this.#name(MONTHS) + 1)
      case 'Jan':
        return void (found.month = this.#name(MONTHS.map((month) => month.slice(0, 3))) + 1)
      case 'Monday':
        return void this.#name(WEEKDAYS)
      case 'Mon':
        return void this.#name(WEEKDAYS.map((day) => day.slice(0, 3)))
      case 'MST':
        return this.#zoneName()
      case '2006':
        return void (found.year = this.#number(/^[0-9]{4}/, 0, 9_999))
      case '06': {
        const year = this.#number(/^[0-9]{2}/, 0, 99)
        return void (found.year = year + (year >= 69 ? 1_900 : 2_000))
      }
      case 'PM':
        return void (found.afternoon = this.#match(/^[AP]M/) === 'PM')
      case 'pm':
        return void (found.afternoon = this.#match(/^[ap]m/) === 'pm')
      default:
        return this.#digits(element)
    }
  }

  #digits(element: string): void {
    const found = this.#found
    const pattern = element.startsWith('0') ? /^[0-9]{2}/ : /^[0-9]{1,2}/
    switch (element) {
      case '01':
      case '1':
        return void (found.month = this.#number(pattern, 1, 12))
      case '02':
      case '2':
        return void (found.day = this.#number(pattern, 0, 99))
      case '_2':
        this.#rest = this.#rest.replace(/^ /, '')
        return void (found.day = this.#number(pattern, 0, 99))
      case '002':
        return void (found.yearDay = this.#number(/^[0-9]{3}/, 0, 999))
      case '__2':
        this.#rest = this.#rest.replace(/^ {1,2}/, '')
        return void (found.yearDay = this.#number(/^[0-9]{1,3}/, 0, 999))
      case '15':
        return void (found.hour = this.#number(pattern, 0, 23))
      case '03':
      case '3':
        return void (found.hour = this.#number(pattern, 0, 12))
      case '04':
      case '4':
        return void (found.minute = this.#number(pattern, 0, 59))
      default:
        return void (found.second = this.#number(pattern, 0, 59))
    }
  }

  #name(names: readonly string[]): number {
    const index = names.findIndex((name) => this.#rest.slice(0, name.length).toLowerCase() === name.toLowerCase())
    if (index < 0) return refuse('no such name')
    this.#rest = this.#rest.slice(names[index]!.length)
    return index
  }

  #offset(element: string): void {
    const { zulu, colon, minutes, seconds } = offsetShape(element)
    if (zulu && this.#rest.startsWith('Z')) {
      this.#rest = this.#rest.slice(1)
      return void (this.#found.offset = 0)
    }
    const mark = colon ? ':' : ''
    const shape = `^[+-][0-9]{2}${minutes ? `${mark}[0-9]{2}` : ''}${seconds ? `${mark}[0-9]{2}` : ''}`
    const text = this.#match(new RegExp(shape))
    const [hour = 0, minute = 0, second = 0] = (text.slice(1).match(/[0-9]{2}/g) ?? []).map(Number)
    if (hour > 24 || minute > 60 || second > 60) refuse('time zone offset out of range')
    this.#found.offset = ((hour * 60 + minute) * 60 + second) * (text[0] === '-' ? -1 : 1)
  }

  /** Only UTC and GMT with hours say an offset; any other name is taken for one that is not known, which counts as UTC. */
  #zoneName(): void {
    const name = this.#match(
      /^(?:UTC|ChST|MeST|GMT(?:[+-](?:2[0-3]|[01]?[0-9])(?![0-9]))?|[+-](?:2[0-3]|[01]?[0-9])(?![0-9])|[A-Z]{4}T(?![A-Z])|(?:[A-Z]{3}T|WITA)(?![A-Z])|[A-Z]{3}(?![A-Z]))/,
    )
    const hours = /^GMT([+-][0-9]+)/.exec(name)?.[1]
    this.#found.offset ??= Number(hours ?? 0) * 3_600
  }

  #fraction(digits: number, exact: boolean): void {
    if (exact) this.#nanoseconds(this.#match(new RegExp(`^[.,][0-9]{${digits}}`)))
    else if (/^[.,][0-9]/.test(this.#rest)) this.#nanoseconds(this.#match(/^[.,][0-9]+/))
  }

  /** Digits after the seconds are taken even where the layout has none. */
  #unexpectedFraction(): void {
    this.#fraction(0, false)
  }

  #nanoseconds(text: string): void {
    this.#found.nanosecond = Number(text.slice(1, 10).padEnd(9, '0'))
  }
}
