const SOMEWHERE = 'https://here.invalid'

/**
 * A path of this service to go to after a sign-in; undefined for everything that a browser could read as another place:
 * other origins, `//host`, backslashes, control characters.
 */
export const localPath = (wanted: string): string | undefined => {
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return undefined
  const url = URL.parse(wanted, SOMEWHERE)
  if (!url || url.origin !== SOMEWHERE || url.pathname.startsWith('//')) return undefined
  return url.pathname + url.search
}
