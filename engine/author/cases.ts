import { isMap, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { DottedId } from '#contract/primitives.js'
import { Answer } from '#contract/decisions/answer.js'
import { INPUTS } from '#contract/decisions/inputs.js'
import { ANSWERS, APPROVAL_KINDS, type Gate } from '#contract/vocabulary.js'
import { canonicalBytes } from '../canonical.js'
import type { PolicyEngine } from '../load.js'
import { applyPatch, PatchError } from '../patch.js'
import { PatchOperation } from '#contract/decisions/patch.js'
import { faultOf, type Fault } from './finding.js'
import type { PolicyFiles } from './policy-files.js'

/** What a case expects of the answer; lists are compared as they stand in the answer, which is sorted. */
const Expectation = z.strictObject({
  outcome: z.enum(ANSWERS),
  rules: z.array(DottedId),
  reasons: z.array(DottedId).default([]),
  params: z.record(DottedId, z.record(z.string(), z.json())).default({}),
  obligations: z.array(DottedId).default([]),
  approval: z.enum(APPROVAL_KINDS).nullable().default(null),
  waived: z.array(DottedId).default([]),
})

/** A file of golden cases: one base input, and for each case what differs from it. */
const CaseFile = z.strictObject({
  base: z.record(z.string(), z.json()),
  cases: z
    .array(z.strictObject({ name: z.string(), patch: z.array(PatchOperation).default([]), expect: Expectation }))
    .min(1),
})

/** One golden case with its input written out. */
export interface GoldenCase {
  readonly gate: Gate
  readonly name: string
  readonly input: Record<string, unknown>
  readonly expect: z.infer<typeof Expectation>
  /** Where it is written, below the policy root. */
  readonly file: string
  readonly line: number
}

/** The golden cases that parse, and what is wrong with the others. */
export interface Cases {
  readonly cases: readonly GoldenCase[]
  readonly faults: readonly Fault[]
}

/** Each case is evaluated several times by a check. */
const MAX_CASES = 2_000
const TOO_MANY = faultOf('cases', `there are more than ${MAX_CASES} golden cases`, 'keep those that tell something')

/** Golden cases of a policy in the order of their files. */
export function readCases(files: PolicyFiles): Cases {
  const read = [...files.keys()]
    .filter((file) => file.startsWith('cases/'))
    .toSorted()
    .map((file) => readCaseFile(file, new TextDecoder().decode(files.get(file))))
  const cases = read.flatMap((one) => one.cases)
  const faults = read.flatMap((one) => one.faults)
  return { cases: cases.slice(0, MAX_CASES), faults: cases.length > MAX_CASES ? [...faults, TOO_MANY] : faults }
}

/** The golden cases of a policy that is known to be sound; fails where one does not parse. */
export function soundCases(files: PolicyFiles): readonly GoldenCase[] {
  const { cases, faults } = readCases(files)
  const [fault] = faults
  if (fault) throw new Error(`${fault.file}:${fault.line ?? 0}: ${fault.rule}: ${fault.message}`)
  return cases
}

const AS_CONTRACT = 'write it as the README of policies/ and the contract of the gate say'

function readCaseFile(file: string, text: string): Cases {
  const at = (line: number | null, rule: string, message: string): Fault => ({
    file,
    line,
    rule,
    message,
    remedy: AS_CONTRACT,
  })
  const lines = new LineCounter()
  // Its own look for keys that come twice compares each with all others: a file of many would take minutes.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false })
  const [wrong] = document.errors
  if (wrong) return { cases: [], faults: [at(lines.linePos(wrong.pos[0]).line, 'yaml', wrong.message.split('\n')[0]!)] }
  const parsed = parseCases(document)
  if (!parsed.success) return { cases: [], faults: [at(null, 'case', z.prettifyError(parsed.error))] }
  const gate = file.split('/')[1] as Gate
  const expanded = parsed.data.cases.map(({ name, patch, expect }, index) => {
    const line = lineOf(document, lines, index)
    const input = inputOf(gate, () => applyPatch(parsed.data.base, patch))
    return typeof input === 'string' ? at(line, name, input) : { gate, name, input, expect, file, line }
  })
  return {
    cases: expanded.filter((each): each is GoldenCase => 'input' in each),
    faults: expanded.filter((each): each is Fault => 'remedy' in each),
  }
}

/** Aliases are bounded by the YAML library, so that a small file cannot become a large value. */
function parseCases(document: Document) {
  try {
    return CaseFile.safeParse(document.toJS())
  } catch (error) {
    return CaseFile.safeParse((error as Error).message)
  }
}

/** The input of a case, or what its gate does not take about it. */
function inputOf(gate: Gate, patched: () => unknown): Record<string, unknown> | string {
  try {
    const input = INPUTS[gate].safeParse(patched())
    return input.success ? input.data : z.prettifyError(input.error)
  } catch (error) {
    if (error instanceof PatchError) return error.message
    throw error
  }
}

function lineOf(document: Document, lines: LineCounter, index: number): number {
  const cases = isMap(document.contents) ? document.contents.get('cases') : undefined
  const start = isSeq(cases) ? (cases.items[index] as { range?: [number] } | undefined)?.range?.[0] : undefined
  return start === undefined ? 1 : lines.linePos(start).line
}

/** What the engine answered to a case, and how that differs from what the case expects; undefined where it does not. */
export interface Judgement {
  readonly fuel: number
  readonly difference: string | undefined
  readonly answer: Uint8Array
}

/** Asks the engine. Raises EvaluationError. */
export function judge(engine: PolicyEngine, golden: GoldenCase): Judgement {
  const { answer, fuel } = engine.evaluate(golden.gate, canonicalBytes(golden.input))
  const parsed = Answer.safeParse(JSON.parse(new TextDecoder().decode(answer)))
  if (!parsed.success) return { fuel, answer, difference: z.prettifyError(parsed.error) }
  const [found, expected] = [JSON.stringify(summarize(parsed.data)), JSON.stringify(golden.expect)]
  return { fuel, answer, difference: found === expected ? undefined : `answered ${found}, expected ${expected}` }
}

/** The part of an answer that cases speak about, in the order of {@link Expectation}. */
function summarize(answer: Answer): z.infer<typeof Expectation> {
  const withParams = [...answer.reasons, ...answer.obligations].filter(({ params }) => params !== undefined)
  return {
    outcome: answer.outcome,
    rules: answer.rules,
    reasons: answer.reasons.map(({ id }) => id),
    params: Object.fromEntries(withParams.map(({ id, params }) => [id, params!])),
    obligations: answer.obligations.map(({ id }) => id),
    approval: answer.approval?.kind ?? null,
    waived: (answer.waived ?? []).map(({ reason }) => reason),
  }
}
