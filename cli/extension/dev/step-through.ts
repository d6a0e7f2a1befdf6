import { emitKeypressEvents, type Key } from 'node:readline'
import type { ExecutionRecording } from '#contract/api/recordings.js'
import { KEYS, placeAfter, placeInWords, placesOf } from './steps.js'

/** A terminal that gives one key at a time. */
export type Keyboard = Pick<NodeJS.ReadStream, 'on' | 'off' | 'setRawMode' | 'resume' | 'pause'>

const nameOf = (text: string | undefined, { name, ctrl, shift }: Key): string => {
  if (ctrl && name === 'c') return 'ctrl-c'
  return shift && text !== undefined ? text : (name ?? text ?? '')
}

/** Lets a person walk through a recorded execution with keys; done once they leave. The terminal is as it was afterwards. */
export const stepThrough = async (
  recording: ExecutionRecording,
  keyboard: Keyboard,
  write: (text: string) => void,
): Promise<void> => {
  let place = 0
  const show = () => write(`${placeInWords(recording, place)}\n${KEYS}\n\n`)
  emitKeypressEvents(keyboard as NodeJS.ReadStream)
  keyboard.setRawMode(true)
  keyboard.resume()
  show()
  await new Promise<void>((resolve) => {
    const pressed = (text: string | undefined, key: Key) => {
      const next = placeAfter(nameOf(text, key), place, placesOf(recording))
      if (next === null) {
        keyboard.off('keypress', pressed)
        return resolve()
      }
      if (next === place) return
      place = next
      show()
    }
    keyboard.on('keypress', pressed)
  })
  keyboard.setRawMode(false)
  keyboard.pause()
}
