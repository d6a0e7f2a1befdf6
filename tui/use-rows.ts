import { useCallback, useEffect, useRef, useState } from 'react'
import type { GatehouseClient } from '#sdk/client/client.js'
import { Refusal } from '#sdk/client/refusal.js'
import type { Screen } from './screen.js'

const REFRESH_MS = 2_000

/** What a screen shows: the rows as last heard, when that was, and what went wrong since. */
export interface Loaded<Row> {
  readonly rows: readonly Row[]
  /** Milliseconds since the epoch; null before the first answer. */
  readonly at: number | null
  readonly failure: string | null
}

const words = (error: unknown): string =>
  error instanceof Refusal ? `${error.problem.code}: ${error.message}` : String(error)

/** Loads a screen's rows now and every two seconds. Rows that were heard stay when a later load fails. */
export const useRows = <Row>(screen: Screen<Row>, client: GatehouseClient): [Loaded<Row>, () => void] => {
  const [loaded, setLoaded] = useState<{ of: string; value: Loaded<Row> }>({
    of: screen.id,
    value: { rows: [], at: null, failure: null },
  })
  const current = useRef(screen.id)
  current.current = screen.id
  const load = useCallback(() => {
    const asked = screen.id
    const keep = (change: (before: Loaded<Row>) => Loaded<Row>): void => {
      if (current.current !== asked) return
      setLoaded((before) => ({
        of: asked,
        value: change(before.of === asked ? before.value : { rows: [], at: null, failure: null }),
      }))
    }
    screen.load(client).then(
      (rows) => keep(() => ({ rows, at: Date.now(), failure: null })),
      (error: unknown) => keep((before) => ({ ...before, failure: words(error) })),
    )
  }, [screen, client])
  useEffect(() => {
    load()
    const timer = setInterval(load, REFRESH_MS)
    return () => clearInterval(timer)
  }, [load])
  return [loaded.of === screen.id ? loaded.value : { rows: [], at: null, failure: null }, load]
}
