import { randomBytes } from 'node:crypto'
import { Body, Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { EndpointInput } from '#contract/endpoints.js'
import { Slug } from '#contract/primitives.js'
import { Problem, problem } from '#contract/problems.js'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import { hashKey, matchesHash } from '../../identity/api-key.rules.js'
import { Callers } from '../../identity/caller-resolver.service.js'
import { csrfTokenOf } from '../../identity/caller.rules.js'
import { addressOf } from '../../platform/attempts/attempts.rules.js'
import type { Caller } from '../../platform/http/caller.js'
import { ATTEMPT_COOKIE, cookieOf, setCookie } from '../../platform/http/cookies.rules.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { labelOf, sendPage, sendTo, signedIn } from '../browser.js'
import { formOf } from '../form.js'
import { PublicUrl } from '../../platform/http/public-url.js'
import { localPath } from '../return-to.rules.js'
import { KNOWN_COOKIE, KNOWN_LASTS_S } from './known-browsers.js'
import {
  choosePage,
  chosenPage,
  codesPage,
  forgotPage,
  forgottenPage,
  passwordPage,
  secondFactorPage,
} from './pages.js'
import { PASSKEY_SCRIPT } from './passkey-script.js'
import { PasskeySignIn } from './passkey-sign-in.service.js'
import { PasswordSignIn, type Browser, type Entered } from './password-sign-in.service.js'
import { PasswordTokens } from './password-tokens.service.js'
import { relyingPartyOf } from './relying-party-id.js'

const LASTS_S = 600
const csrf_token = z.string().max(100).default('')
const PasswordForm = z.looseObject({
  csrf_token,
  tenant: Slug,
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(1024),
  return_to: z.string().max(2000).optional(),
  step_up: z.literal('1').optional(),
})
const ForgotForm = z.looseObject({ csrf_token, tenant: Slug, email: z.string().min(1).max(254) })
const CodeForm = z.looseObject({ csrf_token, code: z.string().min(1).max(60) })
const ChooseForm = z.looseObject({
  csrf_token,
  token: z.string().min(1).max(64),
  password: z.string().min(1).max(1024),
  name: z.string().min(1).max(120).optional(),
})

/** Signing in by passwords and passkeys: what a browser is sent through. */
@Controller()
export class LocalAccountsController {
  constructor(
    private readonly passwords: PasswordSignIn,
    private readonly passkeys: PasskeySignIn,
    private readonly tokens: PasswordTokens,
    private readonly callers: Callers,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Endpoint('auth.passwordPage')
  passwordPage(
    @Input() { query }: EndpointInput<'auth.passwordPage'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    localReturn(query.return_to)
    return this.askForPassword(reply, request, { ...query, wrong: null })
  }

  @Endpoint('auth.password')
  async password(
    @CurrentCaller() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const form = await sent(body, PasswordForm)
    requireForm(request, form.csrf_token)
    const { tenant, email, password, return_to, step_up } = form
    const given = { tenant, email, password, return_to: localReturn(return_to) }
    try {
      const session_id = await this.raised(request, step_up)
      const { browser, offer } = await this.passwords.password(browserOf(caller, request), { ...given, session_id })
      reply.header('set-cookie', setCookie(ATTEMPT_COOKIE, browser, LASTS_S))
      return sendPage(reply, secondFactorPage({ csrf_token: csrfTokenOf(browser), offer, wrong: null }))
    } catch (error) {
      return this.askForPassword(reply, request, { tenant, return_to, step_up, wrong: wordsOf(error) })
    }
  }

  @Endpoint('auth.secondFactor')
  async secondFactor(
    @CurrentCaller() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const form = await sent(body, CodeForm)
    const cookie = requireForm(request, form.csrf_token)
    try {
      const entered = await this.passwords.secondFactor(browserOf(caller, request), cookie, form.code)
      enter(reply, entered)
      if (entered.codes.length > 0) return sendPage(reply, codesPage(entered.codes, entered.returnTo))
      return sendTo(reply, entered.returnTo)
    } catch (error) {
      const wrong = wordsOf(error)
      // Where nothing is under way any more there is nothing to show again: that is the answer.
      const offer = await this.passwords.offered(cookie)
      return sendPage(reply, secondFactorPage({ csrf_token: form.csrf_token, offer, wrong }), { status: 401 })
    }
  }

  @Endpoint('auth.forgotPage')
  forgotPage(
    @Input() { query }: EndpointInput<'auth.forgotPage'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const csrf_token = csrfTokenOf(formCookie(request, reply))
    return sendPage(reply, forgotPage({ csrf_token, tenant: query.tenant ?? '' }))
  }

  @Endpoint('auth.forgot')
  async forgot(
    @CurrentCaller() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { csrf_token: given, tenant, email } = await sent(body, ForgotForm)
    requireForm(request, given)
    await this.tokens.forgotten(caller, addressOf(request.ip), { tenant, email })
    return sendPage(reply, forgottenPage(this.tokens.mails))
  }

  @Endpoint('auth.tokenPage')
  tokenPage(
    @Input() { query }: EndpointInput<'auth.tokenPage'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const browser = formCookie(request, reply)
    return sendPage(reply, choosePage({ csrf_token: csrfTokenOf(browser), token: query.token ?? '', wrong: null }))
  }

  @Endpoint('auth.setPassword')
  async setPassword(
    @CurrentCaller() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const form = await sent(body, ChooseForm)
    requireForm(request, form.csrf_token)
    const { token, password, name = null } = form
    try {
      const { slug } = await this.tokens.choose(caller, addressOf(request.ip), { token, password, name })
      return sendPage(reply, chosenPage(slug))
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'request.invalid') throw error
      const wrong = (error.details.errors ?? [])
        .map(({ pointer, detail }) => `The ${pointer.slice(1)} ${detail}.`)
        .join(' ')
      return sendPage(reply, choosePage({ csrf_token: form.csrf_token, token, wrong }), { status: 400 })
    }
  }

  @Endpoint('auth.passkeyScript')
  script(@Res() reply: FastifyReply) {
    const headers = { 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' }
    return reply.status(200).type('text/javascript; charset=utf-8').headers(headers).send(PASSKEY_SCRIPT)
  }

  @Endpoint('auth.passkeyChallenge')
  async challenge(
    @CurrentCaller() caller: Caller,
    @Input() { body }: EndpointInput<'auth.passkeyChallenge'>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const to = { return_to: localReturn(body.return_to), session_id: await this.raised(request, body.step_up) }
    const { options, browser } = await this.passkeys.challenge(browserOf(caller, request), to)
    reply.headers({ 'cache-control': 'no-store', 'set-cookie': setCookie(ATTEMPT_COOKIE, browser, LASTS_S) })
    return options
  }

  @Endpoint('auth.passkey')
  async passkey(
    @CurrentCaller() caller: Caller,
    @Input() { body }: EndpointInput<'auth.passkey'>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const cookie = cookieOf(request.headers, ATTEMPT_COOKIE) ?? ''
    const entered = await this.passkeys.signIn(browserOf(caller, request), cookie, body)
    enter(reply, entered)
    reply.header('cache-control', 'no-store')
    return { location: entered.returnTo }
  }

  private askForPassword(
    reply: FastifyReply,
    request: FastifyRequest,
    part: {
      tenant?: string | undefined
      return_to?: string | undefined
      step_up?: string | undefined
      wrong: string | null
    },
  ): FastifyReply {
    const passkeys = relyingPartyOf(this.publicUrl) !== null
    const { tenant, return_to, step_up, wrong } = part
    const token = csrfTokenOf(formCookie(request, reply))
    const { mails } = this.tokens
    const html = passwordPage({ csrf_token: token, tenant, return_to, step_up, wrong, passkeys, mails })
    return sendPage(reply, html, { scripted: passkeys, status: wrong === null ? 200 : 401 })
  }

  /** The session that is to be raised; null where none is. */
  private async raised(request: FastifyRequest, stepUp: string | undefined): Promise<string | null> {
    const current = stepUp === '1' ? await signedIn(this.callers, request) : null
    return current?.session?.id ?? null
  }
}

/** Raises `request.invalid`. */
const sent = <T extends z.ZodType>(body: unknown, schema: T): Promise<z.infer<T>> =>
  formOf(body, schema).catch((error: Error) => {
    throw problem('request.invalid', { detail: error.message })
  })

const localReturn = (wanted = '/auth/account'): string => {
  const path = localPath(wanted)
  if (path !== undefined) return path
  throw problem('request.invalid', {
    errors: [{ pointer: '/return_to', detail: 'must be a path of this service, such as /auth/account' }],
  })
}

/** The cookie that ties a form to its browser, so that nobody is signed in as somebody else by a form from elsewhere. */
const formCookie = ({ headers }: FastifyRequest, reply: FastifyReply): string => {
  const kept = cookieOf(headers, ATTEMPT_COOKIE)
  const browser = kept !== undefined && /^[\w-]{43}$/.test(kept) ? kept : randomBytes(32).toString('base64url')
  reply.header('set-cookie', setCookie(ATTEMPT_COOKIE, browser, LASTS_S))
  return browser
}

/** The cookie of the browser that a form was shown to. Raises `auth.csrf` where the form does not carry its token. */
const requireForm = ({ headers }: FastifyRequest, given: string): string => {
  const browser = cookieOf(headers, ATTEMPT_COOKIE)
  if (browser === undefined || !matchesHash(hashKey(given), hashKey(csrfTokenOf(browser)))) throw problem('auth.csrf')
  return browser
}

const browserOf = (caller: Caller, request: FastifyRequest): Browser => ({
  ...{ caller, address: addressOf(request.ip), label: labelOf(request) },
  knownBy: cookieOf(request.headers, KNOWN_COOKIE),
})

/** Whoever held a cookie before the sign-in holds nothing after it. */
const enter = (reply: FastifyReply, { begun, known }: Entered): void => {
  reply.header('set-cookie', [
    ...[setCookie(SESSION_COOKIE, begun.secret), setCookie(ATTEMPT_COOKIE, '', 0)],
    setCookie(KNOWN_COOKIE, known, KNOWN_LASTS_S),
  ])
}

/** What a page says where something was wrong; everything else that is refused is answered as such. */
const wordsOf = (error: unknown): string => {
  if (error instanceof Problem && error.code === 'sign_in.failed') return `${error.message}.`
  throw error
}
