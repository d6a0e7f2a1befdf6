import type { AnswerOf } from '#sdk/client/client.js'

type Diff = AnswerOf<'drafts.diff'>
type Change = NonNullable<Diff['meaning']>['rules'][number]

const SIGN = { added: '+', removed: '-', changed: '~' } as const

const changeLine = ({ id, change, before, after }: Change): string =>
  `  ${SIGN[change]} ${id} ${change}${change === 'changed' ? valuesOf(before, after) : ''}`

/** Settings are told with both values; of a rule only that it changed, since the patch above shows how. */
const valuesOf = (before: unknown, after: unknown): string => {
  const [old, now] = [JSON.stringify(before), JSON.stringify(after)]
  return old === undefined || now === undefined || old.length + now.length > 120 ? '' : `: ${old} -> ${now}`
}

const meaningLines = (meaning: NonNullable<Diff['meaning']>): string[] => {
  const parts = (['entrypoints', 'rules', 'reasons', 'data'] as const).flatMap((part) =>
    meaning[part].length === 0 ? [] : [`${part}:`, ...meaning[part].map(changeLine)],
  )
  return parts.length === 0 ? ['By meaning: nothing changes'] : ['By meaning:', ...parts]
}

/** What a draft changes, for people: each file with its patch, then what that means. */
export const diffInWords = ({ files, meaning, faults }: Diff): string =>
  [
    ...(files.length === 0 ? ['By file: nothing changes'] : ['By file:']),
    ...files.flatMap(({ path, change, patch }) => [`  ${SIGN[change]} ${path} ${change}`, ...(patch ? [patch] : [])]),
    ...(meaning ? meaningLines(meaning) : ['By meaning: cannot be told, since a side cannot be read:']),
    ...faults.flatMap(({ file, line, message, remedy }) => [
      `  ${file ?? ''}${line === null ? '' : `:${line}`}: ${message}`,
      `    Remedy: ${remedy}`,
    ]),
  ].join('\n')
