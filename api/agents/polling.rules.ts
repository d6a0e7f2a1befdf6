import { problem } from '#contract/problems.js'

/** The longest that an agent is let wait, in seconds: most proxies cut a request that says nothing for a minute. */
export const MAX_WAIT_S = 50

/** ETag of a bundle (RFC 9110 §8.8.3). */
export const etagOf = (name: string): string => `"${name}"`

/** Whether one of the ETags that an agent sent is this one; weak ones count as strong, as in every GET. */
export const hasAlready = (ifNoneMatch: string | undefined, name: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etagOf(name))

/**
 * How long an agent is ready to wait for something newer, in milliseconds, from its `Prefer` header (RFC 7240 `wait`, which OPA
 * parts by `;`): 0 where it asks for none. Raises `request.invalid` for a wait that is no number of seconds.
 */
export const waitOf = (prefer: string | undefined): number => {
  const wait = (prefer ?? '')
    .split(/[;,]/)
    .map((preference) => preference.trim())
    .find((preference) => /^wait\s*=/i.test(preference))
  if (wait === undefined) return 0
  const seconds = wait.slice(wait.indexOf('=') + 1).trim()
  if (!/^\d{1,6}$/.test(seconds))
    throw problem('request.invalid', { errors: [{ pointer: '/headers/prefer', detail: 'wait must be whole seconds' }] })
  return Math.min(Number(seconds), MAX_WAIT_S) * 1000
}
