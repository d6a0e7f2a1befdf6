import { useEffect, useState } from 'react'
import { whoIsWho, withPeople, type Who } from '#cli/people.js'
import type { GatehouseClient } from '#sdk/client/client.js'
import type { Screen } from './screen.js'

const NOBODY: Who = (pseudonym) => pseudonym

/** The label of a pseudonym that is shown as such: where people look for it in decisions. */
export const IN_DECISIONS = 'in decisions'

/** Who is who, looked up once while somebody is signed in; until that is known, pseudonyms stay as they are. */
export const useWho = (client: GatehouseClient, signedIn: boolean): Who => {
  const [who, setWho] = useState<Who>(() => NOBODY)
  useEffect(() => {
    if (!signedIn) return undefined
    let wanted = true
    void whoIsWho(client).then((found) => {
      if (wanted) setWho(() => found)
    })
    return () => {
      wanted = false
    }
  }, [client, signedIn])
  return who
}

/** The same screen with people in place of pseudonyms; what is sent, and shown as JSON, stays as it is. */
export const withNames = <Row>(screen: Screen<Row>, who: Who): Screen<Row> => ({
  ...screen,
  columns: screen.columns.map((column) => ({ ...column, cell: (row) => withPeople(column.cell(row), who) })),
  describe: (row) =>
    screen.describe(row).map(([label, value]) => {
      if (label === IN_DECISIONS) return [label, value]
      return [label, typeof value === 'string' ? withPeople(value, who) : value.map((text) => withPeople(text, who))]
    }),
})
