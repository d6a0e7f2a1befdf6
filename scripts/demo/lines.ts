import { runStep, type Line, type Step } from './step.js'

/** Writes lines as JSON, or as words for a terminal. */
export const printer =
  (json: boolean) =>
  (line: Line): void => {
    const words = `${line.ok ? '✓' : '✗'} ${line.step.padEnd(32)} ${JSON.stringify(line.evidence).slice(0, 200)}`
    process.stdout.write(`${json ? JSON.stringify(line) : words}\n`)
  }

/** Runs steps one after the other, each told as soon as it is over. */
export const runSteps = async <Shown>(
  steps: readonly Step<Shown>[],
  world: Shown,
  print: (line: Line) => void,
): Promise<Line[]> => {
  const lines: Line[] = []
  for (const step of steps) {
    const line = await runStep(step, world)
    print(line)
    lines.push(line)
  }
  return lines
}

/** Tells how many steps passed, failed and were not run, and gives the exit code to end with: 0 where all were seen to hold. */
export const summarise = (lines: readonly Line[], { json, all }: { json: boolean; all: number }): number => {
  const passed = lines.filter(({ ok }) => ok).length
  const [failed, notRun] = [lines.length - passed, all - lines.length]
  const told = { passed, failed, ...(notRun > 0 && { not_run: notRun }) }
  const words = `${passed} passed, ${failed} failed${notRun > 0 ? `, ${notRun} not run` : ''}`
  process.stdout.write(`${json ? JSON.stringify(told) : words}\n`)
  return failed + notRun === 0 ? 0 : 1
}

/** What must be seen under a policy that lets everything through: what policy alone forbids fails, and the rest holds. */
export interface SelfTest {
  readonly mustFail: readonly string[]
  readonly mustHold: readonly string[]
}

/** Tells which steps noticed nothing though they should have, and which were lost; the exit code to end with. */
export const summariseSelfTest = (lines: readonly Line[], { mustFail, mustHold }: SelfTest): number => {
  const passed = lines.filter(({ ok }) => ok).length
  const isOk = (name: string): boolean => lines.some(({ step, ok }) => step === name && ok)
  const unnoticed = mustFail.filter(isOk)
  const lost = mustHold.filter((name) => !isOk(name))
  const self_test = { must_fail: mustFail.length, unnoticed, must_hold: mustHold.length, lost }
  process.stdout.write(`${JSON.stringify({ passed, failed: lines.length - passed, self_test })}\n`)
  const isSound = unnoticed.length + lost.length === 0
  process.stderr.write(
    isSound
      ? `The steps notice: ${mustFail.length} failed as they must where everything is let through, and ${mustHold.length} hold all the same.\n`
      : `Steps that did not notice: ${unnoticed.join(', ') || 'none'}; that were to hold and did not: ${lost.join(', ') || 'none'}.\n`,
  )
  return isSound ? 0 : 1
}
