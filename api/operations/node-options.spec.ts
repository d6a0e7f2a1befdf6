import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { packageRoot } from '#runtime/package-root.js'

const read = (file: string): string => readFileSync(join(packageRoot(), file), 'utf8')

it.each(['Dockerfile', 'docs/operations/gatehouse.service', 'docs/operations/kubernetes/service.yaml'])(
  '%s starts Node as `npm start` does',
  (file) => {
    const [, list] = /SERVICE_NODE_OPTIONS = \[(.*)\]/.exec(read('scripts/setup.mjs'))!
    const options = list!.split(',').map((option) => option.trim().slice(1, -1))
    const [command] = /node\b[" ,]+--[^\n]*dist\/api\/main\.js/.exec(read(file))!
    expect(command.match(/--[\w-]+=\w+/g)).toEqual(options)
  },
)
