/** Where the form of a sign-in may lead, and back: browsers hold redirects after a form to `form-action` too. */
export const TO_PROVIDERS = "'self' https: http://127.0.0.1:* http://localhost:*"

/** What a page may do that is more than to be read. */
export interface PageRights {
  /** How far its forms may go; this origin where absent. */
  readonly formsTo?: string
  /** Whether it has a script of ours, which asks this service. */
  readonly scripted?: boolean
}

/** Pages of ours: nothing from elsewhere, in nobody's frame; no script, unless it says so, and none within the page. */
export const pagePolicy = ({ formsTo = "'self'", scripted = false }: PageRights = {}): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src data:;${scripted ? " script-src 'self'; connect-src 'self';" : ''} base-uri 'none'; form-action ${formsTo}; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
})

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Text that HTML takes for text. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign]!)

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText }
main { width: min(24rem, 100% - 3rem); padding: 2rem; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: .75rem }
h1 { margin: 0 0 .5rem; font-size: 1.25rem } p { margin: 0 0 1rem }
label { display: block; margin: 0 0 .25rem }
input:not([type=hidden]) { box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid; border-radius: .5rem; margin: 0 0 1rem }
button { display: block; width: 100%; padding: .6rem; margin: 0 0 .5rem; font: inherit; border: 1px solid; border-radius: .5rem; cursor: pointer; text-align: left }
button:focus-visible, input:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
code { font-size: 1.25rem; letter-spacing: .1em } small { opacity: .75 }`

/** A whole page of a title and what stands below it, which is HTML. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Gatehouse</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`

/** Fields of a form that nobody sees. */
export const hidden = (fields: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value ?? '')}">`)
    .join('\n')

/** Asks for the address that leads to a provider. */
export const loginPage = (kept: Readonly<Record<string, string | undefined>>): string =>
  page(
    'Sign in',
    `<form method="get" action="/auth/login">
${hidden(kept)}
<label for="login_hint">Your e-mail address at work</label>
<input id="login_hint" name="login_hint" type="email" autocomplete="username" required autofocus maxlength="254">
<button type="submit">Continue</button>
</form>
<p><small>Your organisation asks for the rest.</small></p>
<p><small><a href="${escaped(passwordPath(kept))}">Sign in by a password or passkey</a></small></p>`,
  )

/** The page that asks for a password, with what is kept on the way. */
export const passwordPath = (kept: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(kept).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `/auth/password${given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''}`
}

/** Asks for the code that a command shows. */
export const codePage = (): string =>
  page(
    'Let a command sign in',
    `<form method="get" action="/auth/device">
<label for="user_code">The code that it shows</label>
<input id="user_code" name="user_code" autocomplete="off" autocapitalize="characters" required autofocus maxlength="20">
<button type="submit">Continue</button>
</form>`,
  )

/** Asks whether a program on this machine may come in: it is told apart by nothing else (RFC 8252, section 8.6). */
export const authorizePage = (fields: Readonly<Record<string, string>>): string =>
  page(
    'Let a command sign in as you?',
    `<p>A program on this machine asks for it. Go on only where you began this yourself.</p>
<form method="post" action="/oauth/authorize">
${hidden(fields)}
<button type="submit" name="verdict" value="approve">Let it in</button>
<button type="submit" name="verdict" value="deny">Refuse</button>
</form>`,
  )

/** Shows what waits, and asks whether it may come in. */
export const confirmPage = (part: { code: string; label: string; csrf: string }): string =>
  page(
    'Let a command sign in as you?',
    `<p><code>${escaped(part.code)}</code></p>
<p>${escaped(part.label)}</p>
<p>Go on only where you began this yourself and the code is the same.</p>
<form method="post" action="/auth/device">
${hidden({ user_code: part.code, csrf_token: part.csrf })}
<button type="submit" name="verdict" value="approve">Let it in</button>
<button type="submit" name="verdict" value="deny">Refuse</button>
</form>`,
  )

/** Says something, and that this is all. */
export const messagePage = (title: string, text: string): string => page(title, `<p>${escaped(text)}</p>`)
