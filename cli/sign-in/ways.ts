import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as oauth from 'openid-client'
import { authorizationServer, signInOf } from './authorization-server.js'
import { forKey, newProofKey, provingTokens } from './proof-key.js'
import type { KeptSignIn } from './store.js'

/** Where somebody goes on in a browser; and the code that it must show there, where they type one in. */
export interface GoOn {
  readonly address: string
  readonly code: string | null
}

/** How somebody signs in, and who is told where to go on. */
export interface Way {
  readonly origin: string
  readonly email?: string | undefined
  readonly tenant?: string | undefined
  readonly stepUp: boolean
  readonly tell: (where: GoOn) => void
  readonly signal: AbortSignal
}

const WAITS_MS = 600_000
const PAGE = '<!doctype html><title>Gatehouse</title><p>You are signed in. You can close this page.'
const REFUSED = '<!doctype html><title>Gatehouse</title><p>Signing in did not succeed. The terminal says why.'

/** Has the machine's browser open an address; where there is none, the person has read it. */
const openBrowser = (url: string): void => {
  const [program, args] =
    process.platform === 'darwin'
      ? (['open', [url]] as const)
      : process.platform === 'win32'
        ? (['rundll32', ['url.dll,FileProtocolHandler', url]] as const)
        : (['xdg-open', [url]] as const)
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}

/** By a code that the person types in wherever they have a browser (RFC 8628). */
export const byDevice = async ({ origin, stepUp, tell, signal }: Way): Promise<KeptSignIn> => {
  const server = await authorizationServer(origin)
  const key = await newProofKey(server)
  const proving = await provingTokens(server, key)
  const asked = { ...(stepUp && { max_age: '0' }), ...(await forKey(proving)) }
  const device = await oauth.initiateDeviceAuthorization(server, asked)
  tell({ address: device.verification_uri_complete ?? device.verification_uri, code: device.user_code })
  return signInOf(await oauth.pollDeviceAuthorizationGrant(server, device, undefined, { signal, ...proving }), key)
}

/** In the browser of this machine, which is sent back here (RFC 8252). */
export const byRedirect = async ({ origin, email, tenant, stepUp, tell, signal }: Way): Promise<KeptSignIn> => {
  const server = await authorizationServer(origin)
  const back = createServer().listen({ port: 0, host: '127.0.0.1' })
  await once(back, 'listening')
  try {
    const redirect_uri = `http://127.0.0.1:${(back.address() as AddressInfo).port}/callback`
    const key = await newProofKey(server)
    const proving = await provingTokens(server, key)
    const [verifier, state] = [oauth.randomPKCECodeVerifier(), oauth.randomState()]
    const url = oauth.buildAuthorizationUrl(server, {
      ...{ redirect_uri, state, code_challenge: await oauth.calculatePKCECodeChallenge(verifier) },
      code_challenge_method: 'S256',
      ...(await forKey(proving)),
      ...(email !== undefined && { login_hint: email }),
      ...(tenant !== undefined && { tenant }),
      ...(stepUp && { max_age: '0' }),
    })
    tell({ address: url.href, code: null })
    openBrowser(url.href)
    const waits = AbortSignal.any([signal, AbortSignal.timeout(WAITS_MS)])
    return await new Promise<KeptSignIn>((resolve, reject) => {
      waits.addEventListener('abort', () => reject(new Error('Nobody came back from the browser')), { once: true })
      back.on('request', (request, response) => {
        const came = new URL(request.url ?? '/', redirect_uri)
        if (came.pathname !== '/callback') return void response.writeHead(404).end()
        oauth
          .authorizationCodeGrant(
            server,
            came,
            { pkceCodeVerifier: verifier, expectedState: state },
            undefined,
            proving,
          )
          .then((tokens) => signInOf(tokens, key))
          .then(resolve, reject)
        const failed = came.searchParams.has('error')
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', connection: 'close' })
        response.end(failed ? REFUSED : PAGE)
      })
    })
  } finally {
    back.close()
    back.closeAllConnections()
  }
}
