import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco'
import { admit } from '#runtime/admission/admit.js'
import { worldFor } from '#runtime/admission/world.js'
import { AdmissionError } from '#runtime/errors.js'
import { hostile, type HostileCase } from '../case.js'
import { FINE, KV_GET, watGuest } from '../guests.js'

/** Components that must not get as far as a slot: each is refused where it is admitted, by its own code. */
const refused = (name: string, expected: string, make: () => Promise<Uint8Array> | Uint8Array): HostileCase =>
  hostile<'slots'>({
    name: `admission: ${name}`,
    ground: 'slots',
    expected,
    attack: async () => {
      const component = await make()
      try {
        const { record } = await admit(component, { maxMemoryPages: 64, capabilities: [] })
        return { code: 'admitted', escaped: true, seen: record }
      } catch (error) {
        if (!(error instanceof AdmissionError)) throw error
        return { code: error.code, escaped: false, seen: error.message }
      }
    },
  })

/** A core module wrapped as a component of our world, whatever its manifest would declare. */
const component = async (wat: string, capabilities: string[] = []): Promise<Uint8Array> => {
  const binary = await parse(wat)
  return componentNew(await componentEmbed({ binary, witSource: worldFor(capabilities), world: 'extension' }), [])
}
const guest = (parts: Parameters<typeof watGuest>[1], capabilities: string[] = []): Promise<Uint8Array> =>
  component(watGuest(FINE, parts).wat, capabilities)

/** Text of a component, not of a core module. */
const raw = (text: string): Promise<Uint8Array> => parse(text)

const importing = (name: string): Promise<Uint8Array> => raw(`(component (import "${name}" (instance)))`)
const modules = (count: number): string =>
  `(component ${Array.from({ length: count }, (_, at) => `(core module $m${at}) (core instance (instantiate $m${at}))`).join(' ')}
    (core module $h (func (export "handle")))
    (core instance $i (instantiate $h))
    (func (export "handle") (canon lift (core func $i "handle"))))`

/** Quotes that would end the string which the generator writes a name into, and code behind them. */
const NAME_THAT_IS_CODE = `\\22];globalThis.polluted=1;[\\22`

export const admission: readonly HostileCase[] = [
  refused('bytes that are nothing', 'admission.not_a_component', () => Buffer.from('not a component')),
  refused('a core module', 'admission.not_a_component', () => parse(watGuest(FINE).wat)),
  refused('a component cut off', 'admission.transpile_failed', async () => (await guest({})).subarray(0, 200)),
  refused('the HTTP of WASI', 'admission.import_refused', () => importing('wasi:http/outgoing-handler@0.2.0')),
  refused('the sockets of WASI', 'admission.import_refused', () => importing('wasi:sockets/tcp@0.2.0')),
  refused('an interface that is not on offer', 'admission.import_refused', () =>
    importing('gatehouse:extension/shell@0.1.0'),
  ),
  refused('an interface of another version', 'admission.import_refused', () =>
    importing('gatehouse:extension/kv@9.9.9'),
  ),
  refused('storage that is not declared', 'admission.undeclared_import', () => guest({ imports: KV_GET }, ['kv'])),
  refused('nothing to call', 'admission.no_handle', () => raw('(component)')),
  refused('another thing under the name of handle', 'admission.no_handle', () =>
    raw('(component (component $c) (instance $i (instantiate $c)) (export "handle" (instance $i)))'),
  ),
  refused('more core modules than fuel is counted for', 'admission.too_many_modules', () => raw(modules(30))),
  refused('a memory beyond its cap from the start', 'admission.memory_too_large', () => guest({ memory: '2000' })),
  refused('many memories', 'admission.transpile_failed', () => guest({ fields: '(memory $m1 1) (memory $m2 1)' })),
  refused('a memory that threads share', 'admission.transpile_failed', () =>
    guest({ fields: '(memory $s 1 1 shared)' }),
  ),
  refused('a memory of 64 bits', 'admission.transpile_failed', () => guest({ fields: '(memory $w i64 1)' })),
  refused('a table of four billion entries', 'admission.invalid_wasm', () =>
    guest({ fields: '(table 4000000000 funcref)' }),
  ),
  refused('a table beyond its cap', 'admission.table_too_large', () => guest({ fields: '(table 9000000 funcref)' })),
  refused('fuel of its own under our name', 'admission.reserved_name', () =>
    guest({ fields: '(global (export "gatehouse:fuel") (mut i64) (i64.const 9))' }),
  ),
  refused('instructions that are not metered', 'admission.transpile_failed', () =>
    guest({ fields: '(tag $t) (func $x (throw $t))' }),
  ),
  refused('a name that is code in the glue', 'admission.name_refused', () =>
    raw(`(component
      (core module $m (func (export "${NAME_THAT_IS_CODE}")))
      (core instance $i (instantiate $m))
      (func (export "handle") (canon lift (core func $i "${NAME_THAT_IS_CODE}"))))`),
  ),
]
