#!/usr/bin/env node
/**
 * `node scripts/kubernetes-schema.mjs FOLDER`: writes `docs/operations/kubernetes/generated/schema.json` from the OpenAPI documents (v3) of
 * a Kubernetes release, as its API server gives them below `/openapi/v3` (`api/v1.json`, `apis/apps/v1.json`, …). It has the kinds
 * that our manifests use, without descriptions, and allows no property that they don't name, as a server does that validates strictly.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'

const target = new URL('../docs/operations/kubernetes/generated/schema.json', import.meta.url)
const KINDS = {
  'api/v1.json': ['Namespace', 'Service', 'ServiceAccount', 'PersistentVolumeClaim'],
  'apis/apps/v1.json': ['Deployment', 'StatefulSet'],
  'apis/networking.k8s.io/v1.json': ['NetworkPolicy'],
  'apis/policy/v1.json': ['PodDisruptionBudget'],
}
const PREFIX = '#/components/schemas/'
const LEFT_OUT = /^(description|default|x-kubernetes-.*|format)$/

const folder = resolve(process.argv[2] ?? '')
const definitions = {}
const kinds = {}

/** A schema with everything that it refers to taken over. */
const strict = (schema, all) => {
  if (Array.isArray(schema)) return schema.map((each) => strict(each, all))
  if (typeof schema !== 'object' || schema === null) return schema
  if (schema.$ref) {
    const name = schema.$ref.slice(PREFIX.length)
    if (!definitions[name]) {
      definitions[name] = {}
      definitions[name] = strict(all[name], all)
    }
    return { $ref: `#/definitions/${name}` }
  }
  const [only] = schema.allOf ?? []
  if (schema.allOf?.length === 1 && !schema.properties) return strict(only, all)
  const kept = Object.entries(schema).filter(([name]) => !LEFT_OUT.test(name))
  const inner = ([name, value]) =>
    name === 'properties'
      ? [name, Object.fromEntries(Object.entries(value).map(([property, each]) => [property, strict(each, all)]))]
      : [name, typeof value === 'object' ? strict(value, all) : value]
  return { ...Object.fromEntries(kept.map(inner)), ...(schema.properties && { additionalProperties: false }) }
}

for (const [file, wanted] of Object.entries(KINDS)) {
  const { schemas } = JSON.parse(await readFile(join(folder, file), 'utf8')).components
  for (const [name, schema] of Object.entries(schemas)) {
    const [{ group, kind, version } = {}] = schema['x-kubernetes-group-version-kind'] ?? []
    if (!wanted.includes(kind) || schema['x-kubernetes-group-version-kind'].length > 1) continue
    strict({ $ref: `${PREFIX}${name}` }, schemas)
    kinds[`${group ? `${group}/` : ''}${version} ${kind}`] = `#/definitions/${name}`
  }
}
await writeFile(target, `${JSON.stringify({ release: basename(folder), kinds, definitions })}\n`)
