import { afterEach } from '@jest/globals'

interface Closable {
  close(): unknown
}

/** Gives what is opened to be closed after the test that opened it, the last first. */
export const closingAfterEach = () => {
  const opened: Closable[] = []
  afterEach(async () => {
    for (const each of opened.splice(0).toReversed()) await each.close()
  })
  return <T extends Closable>(each: T): T => (opened.push(each), each)
}
