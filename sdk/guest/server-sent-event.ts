/** One server-sent event. `data` that is no text goes as JSON. */
export interface ServerSentEvent {
  readonly data: unknown
  readonly event?: string
  readonly id?: string
  /** Milliseconds after which a client that lost the connection comes back. */
  readonly retry?: number
}

const LINE_END = /\r\n|\r|\n/

/** A field that is one line; what would end it, or be no id to a client, is refused. */
const line = (name: string, value: string | undefined): string => {
  if (value === undefined) return ''
  if (LINE_END.test(value) || value.includes('\0')) throw new RangeError(`${name} of an event is one line without NUL`)
  return `${name}: ${value}\n`
}

/** An event as it goes over the wire (HTML Standard, section 9.2.5). */
export const eventText = ({ data, event, id, retry }: ServerSentEvent): string => {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  const lines = text.split(LINE_END).map((each) => `data: ${each}\n`)
  return `${line('event', event)}${line('id', id)}${line('retry', retry?.toFixed(0))}${lines.join('')}\n`
}
