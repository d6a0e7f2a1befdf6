import { ACTION_IDS, actionEntry } from '#contract/actions.js'
import { INPUTS } from '#contract/decisions/inputs.js'
import { fieldRows, fieldTable, type FieldRow } from '#contract/generators/field-rows.js'
import { jsonSchema } from '#contract/generators/json-schema.js'
import { generatedPage, table } from '#contract/generators/reference.js'
import { GATES, type Gate } from '#contract/vocabulary.js'
import type { ReasonCatalogue, ReasonEntry } from '../reasons.js'

const code = (value: string): string => `\`${value}\``

const rowsOf = (gate: Gate): FieldRow[] => fieldRows(jsonSchema(INPUTS[gate], 'output'))
const keyOf = (row: FieldRow): string => row.join('\n')

/** Fields that every gate reads in the same form. */
function sharedRows(): FieldRow[] {
  const [first, ...others] = GATES.map(rowsOf)
  const known = others.map((rows) => new Set(rows.map(keyOf)))
  return first!.filter((row) => known.every((keys) => keys.has(keyOf(row))))
}

/** What a reason's rule says of itself, and what is proven of its remedy. */
const reasonRow = ([id, { title, description, remedy, patch, hidden, waivable, file, line }]: [
  string,
  ReasonEntry,
]): string[] => [
  code(id),
  `${title}. ${description}${hidden ? ' Callers see "not found" instead.' : ''}${waivable ? ' It may be waived.' : ''}`,
  remedy ?? '',
  patch ? patch.map((operation) => code(JSON.stringify(operation))).join(' ') : '',
  `${file}:${line}`,
]

const gateParts = (gate: Gate, reasons: ReasonCatalogue, shared: ReadonlySet<string>): string[] => [
  `## ${gate}`,
  `Decides ${ACTION_IDS.filter((action) => actionEntry(action).gate === gate)
    .map(code)
    .join(', ')}. Its rule is ${code(`data.governance.${gate}.decision`)}.`,
  `### Input of ${gate}`,
  fieldTable(rowsOf(gate).filter((row) => !shared.has(keyOf(row)))),
  `### Reasons of ${gate}`,
  table(
    ['Id', 'What it says', 'Remedy', 'Changes to the facts after which it is gone', 'Rule'],
    Object.entries(reasons)
      .filter(([id]) => id.startsWith(`${gate}.`))
      .map(reasonRow),
  ),
]

/** docs/policy/reference.md: every field of every gate's input, and every reason of the shipped policy. */
export function policyReference(reasons: ReasonCatalogue): string {
  const shared = sharedRows()
  const keys = new Set(shared.map(keyOf))
  return generatedPage(
    {
      title: 'Every input and every reason',
      source: 'contract/decisions and the metadata of policies/governance',
      command: 'policy:build',
    },
    [
      `What policy reads and what it says, gate by gate: ${GATES.map((gate) => `[${gate}](#${gate})`).join(', ')}. Inputs are closed objects: a field that
is not here does not exist. \`[]\` stands for each element of a list. Times are milliseconds since 1970.`,
      `A remedy with changes to the facts is proven: in golden cases in which the reason fires, it is gone after the changes, and the
changed facts are facts that the gate takes ([what a policy is checked for](checks.md)).`,
      '## Every gate',
      fieldTable(shared),
      ...GATES.flatMap((gate) => gateParts(gate, reasons, keys)),
    ],
  )
}
