import { insteadOf } from '#runtime/admission/component-imports.rules.js'
import type { Check } from '../subject.js'

/** A component that admission refused never runs: an import that is not on offer, or code that cannot be metered. */
export const importAllowList: Check = {
  id: 'import-allow-list',
  run: ({ notAdmitted }) => {
    if (notAdmitted === null) return []
    if (notAdmitted.imports !== undefined)
      return notAdmitted.imports.map((name) => ({
        code: 'import.refused',
        severity: 'critical',
        message: `The component imports ${name}, which is not on offer`,
        remedy: `Use ${insteadOf(name) ?? 'gatehouse:extension, or what is on offer of WASI 0.2,'} instead`,
      }))
    return [
      {
        code: 'component.not_admitted',
        severity: 'critical',
        message: notAdmitted.message,
        remedy: 'Build the component with "gatehouse ext build" and without proposals that the runtime refuses',
      },
    ]
  },
}
