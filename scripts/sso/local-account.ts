import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import type { Ran } from '../demo/command.js'
import { shown } from '../demo/step.js'

const PERIOD_S = 30

/** What an authenticator app shows, so many steps ahead of now: each code counts once, and the service takes one that is a step early. */
export const totpCode = (secret: string, stepsAhead = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_S, algorithm: 'SHA1' }).generate({
    timestamp: Date.now() + stepsAhead * PERIOD_S * 1000,
  })

/** What a page complains of; null where it complains of nothing. */
export const complaintOf = async (page: Page): Promise<string | null> => {
  const complaint = page.locator('[role=alert]:not(#passkey-said)')
  return (await complaint.count()) === 0 ? null : complaint.innerText()
}

/** Presses a button that sends a form, and waits for the page that answers it. */
const submit = async (page: Page, button: string): Promise<void> => {
  const arrived = page.waitForEvent('load')
  await page.click(button)
  await arrived
}

/** Somebody who signs in by a password of Gatehouse. */
export interface LocalPerson {
  readonly tenant: string
  readonly email: string
  readonly password: string
}

/** Chooses a password in a browser, by the page that `gatehouse account reset` named. */
export const choosePassword = async (page: Page, reset: Ran, password: string): Promise<void> => {
  shown(reset.code === 0 && reset.answer['delivery'] === 'shown', 'an administrator lets them choose a password', reset)
  await page.goto(String(reset.answer['page']))
  await page.fill('#password', password)
  await submit(page, 'button[type=submit]')
  shown((await page.textContent('h1')) === 'Your password counts', 'it is taken', await page.textContent('main'))
}

/** Types address and password; the page that comes is the next. */
export const typePassword = async (
  page: Page,
  url: string,
  { tenant, email, password }: LocalPerson,
): Promise<void> => {
  await page.goto(`${url}/auth/password?tenant=${tenant}`)
  await page.fill('#email', email)
  await page.fill('#password', password)
  await submit(page, 'form button[type=submit]')
}

/** Types a second factor. */
export const typeCode = async (page: Page, code: string): Promise<void> => {
  await page.fill('#code', code)
  await submit(page, 'button[type=submit]')
}

/** The first sign-in: has an authenticator app enrolled; its key, the recovery codes that are shown this once, and the code that it spent. */
export const enrol = async (
  page: Page,
  url: string,
  person: LocalPerson,
): Promise<{ secret: string; codes: string[]; spent: string }> => {
  await typePassword(page, url, person)
  shown((await page.textContent('h1')) === 'Add an authenticator app', 'a second factor is asked for', page.url())
  const secret = (await page.innerText('code')).replaceAll(' ', '')
  const spent = totpCode(secret)
  await typeCode(page, spent)
  const codes = await page.locator('li code').allInnerTexts()
  shown(codes.length === 10, 'ten recovery codes are shown', codes.length)
  return { secret, codes, spent }
}
