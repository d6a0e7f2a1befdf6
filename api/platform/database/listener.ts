import type { Pool } from 'pg'

/** Who is told what a channel of NOTIFY carries. */
export interface ChannelListener {
  /** Each notice, with its payload; empty where it has none. */
  readonly onNotice: (payload: string) => void
  /** Once, where the connection ends by itself: what is sent from then on is not heard. */
  readonly onLost: () => void
}

/**
 * Listens to a channel of NOTIFY on a connection of its own, taken from the pool. Rejects where it cannot begin; only one
 * that has begun can be lost, so that a caller tries again in one place at a time.
 * @returns what stops listening and ends the connection
 */
export async function listen(pool: Pool, channel: string, { onNotice, onLost }: ChannelListener): Promise<() => void> {
  const client = await pool.connect()
  const state = { listening: false, ended: false }
  const end = (): void => {
    if (!state.ended) client.release(true)
    state.ended = true
  }
  const lost = (): void => {
    const unexpected = state.listening && !state.ended
    end()
    if (unexpected) onLost()
  }
  client
    .on('error', lost)
    .on('end', lost)
    .on('notification', ({ payload }) => onNotice(payload ?? ''))
  try {
    await client.query(`LISTEN ${channel}`)
  } catch (error) {
    end()
    throw error
  }
  if (state.ended) throw new Error(`the connection that was to listen to ${channel} ended`)
  state.listening = true
  return end
}
