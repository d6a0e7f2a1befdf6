import type { AnswerOf, GatehouseClient } from '#sdk/client/client.js'

/** Tells who stands behind a pseudonym: you, a name, or the pseudonym where that is not for you to see. */
export type Who = (pseudonym: string) => string

/** A pseudonym in words, with the room after it in a table. In quotes it is a fact, which stays as it is on record. */
const PSEUDONYM = /(?<!["\w])(u_[0-9a-f]{32})(?!["\w])( {2,})?/g

/** Whether words name somebody by pseudonym alone. */
export const namesPseudonyms = (words: string): boolean => words.search(PSEUDONYM) >= 0

/** The words with people in place of pseudonyms; columns stay in line. */
export const withPeople = (words: string, who: Who): string =>
  words.replaceAll(PSEUDONYM, (_, pseudonym: string, room?: string) =>
    room === undefined ? who(pseudonym) : `${who(pseudonym).padEnd(pseudonym.length)}${room}`,
  )

/** As many pages of people as are read for their names; those behind them keep their pseudonyms. */
const PAGES = 5

/**
 * Who is who, as far as the one who asks may see it: a refused read would go on record, so people are read only by
 * whoever has the scope for it. What cannot be read leaves pseudonyms as they are.
 */
export const whoIsWho = async (client: GatehouseClient): Promise<Who> => {
  const names = new Map<string, string>()
  try {
    const me = await client.get('whoami.show', {})
    if (me.scopes.includes('people:read'))
      for (let page = 0, cursor: string | null | undefined; page < PAGES && cursor !== null; page += 1) {
        const query = { limit: 200, ...(cursor && { cursor }) }
        const read: AnswerOf<'people.list'> = await client.get('people.list', { query })
        for (const { pseudonym, name } of read.items) names.set(pseudonym, name)
        cursor = read.next_cursor
      }
    names.set(me.pseudonym, 'you')
  } catch {
    // Names are a kindness: what the command came to is told without them.
  }
  return (pseudonym) => names.get(pseudonym) ?? pseudonym
}
