import { resolve } from 'node:path'
import { run, type Cli, type Registration } from '../command.js'
import { renewTypes, type Renewed } from '../extension/types.js'

const WORDS: Readonly<Record<Renewed['state'], string>> = {
  written: 'written',
  fresh: 'as it has to be',
  kept: 'kept as you have it: its include has to name types',
}

const types = run(async ({ output }: Cli, _flags: object, folder = '.') => {
  const files = await renewTypes(resolve(folder))
  output.result({ folder: resolve(folder), files }, () =>
    files.map(({ file, state }) => `${file}: ${WORDS[state]}`).join('\n'),
  )
})

/** `gatehouse ext types`: what an editor needs to know the SDK and the host interfaces, as this Gatehouse has them. */
export const extTypes: Registration = (group) => {
  group
    .command('types [folder]')
    .description('Renew the types of the SDK and the host interfaces in types/gatehouse.d.ts, for editors and tsc')
    .action(types)
}
