import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { shown, type Step } from '../../demo/step.js'
import type { World } from '../../demo/world.js'
import { AUTHOR, demand, failedStage, makeKey, type Stage } from '../life.js'
import { addRule, MISTAKES, REASON, RULE_FILE, shippedSources, type Mistake } from '../rule.js'

/** The author's working tree. */
export const treeOf = (world: World): string => join(world.folder, 'policy-tree')

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Sasha', '-c', 'user.email=sasha@platform.example', ...args], {
    encoding: 'utf8',
  }).trim()

const commit = (folder: string, message: string): string => {
  git(folder, 'add', '.')
  git(folder, 'commit', '--quiet', '--message', message)
  return git(folder, 'rev-parse', 'HEAD')
}

const draftEdited: Step = {
  name: 'draft_edited',
  async show(world) {
    const { decision } = await makeKey(world, 'acme_admin', 'before')
    shown(decision.outcome === 'allow', 'an admin makes keys under the policy that ships', decision)
    world.known.set('decision:before', decision.id)
    world.known.set('revision:shipped', decision.revision)

    const tree = treeOf(world)
    mkdirSync(tree)
    git(tree, 'init', '--quiet')
    shippedSources(tree)
    commit(tree, 'The policy that ships')
    addRule(tree)
    const begun = await demand(world, 'policy', 'push', tree, '--name', 'keys come from owners')
    shown(begun['source_commit'] === null, 'a tree with changes has no commit to record', begun['source_commit'])
    const head = commit(tree, 'Keys come from owners')
    const draft = await demand(world, 'policy', 'push', tree, '--draft', String(begun['id']))
    shown(draft['source_commit'] === head, 'a clean tree is recorded with its commit', draft['source_commit'])
    world.known.set('draft', String(draft['id']))

    const diff = await demand(world, 'policy', 'diff', String(draft['id']))
    const { reasons } = diff['meaning'] as { reasons: { id: string; change: string }[] }
    shown(
      reasons.length === 1 && reasons[0]?.id === REASON && reasons[0].change === 'added',
      'the one thing that changes by meaning is the new reason',
      diff['meaning'],
    )
    const files = (diff['files'] as { path: string; change: string }[]).map(({ path, change }) => ({ path, change }))
    shown(
      files.some(({ path }) => path === RULE_FILE),
      'the file with the rule is among those changed',
      files,
    )
    return {
      draft: draft['id'],
      source_commit: head,
      files,
      reasons: reasons.map(({ id, change }) => ({ id, change })),
    }
  },
}

/** Pushes the tree with one mistake in it: the service's checks must name it, and those that run here must say the same. */
const mistakeRefused = ({ step, stage, file, rule, make }: Mistake): Step => ({
  name: step,
  async show(world) {
    const folder = join(world.folder, step)
    cpSync(treeOf(world), folder, { recursive: true })
    make(folder)
    const { id } = await demand(world, 'policy', 'push', folder, '--name', step)
    const verified = await world.cli(AUTHOR, 'policy', 'verify', String(id))
    const checks = verified.answer['checks'] as { ok: boolean; stages: Stage[] } | undefined
    const failed = failedStage(checks?.stages)
    shown(verified.code === 1 && checks?.ok === false, 'the service refuses the draft', verified.answer)
    shown(failed?.name === stage, `${stage} is the stage that refuses it`, failed)
    const finding = failed.findings.find((found) => rule.test(found.rule ?? ''))
    shown(finding !== undefined && finding.remedy.length > 0, 'it says what is broken and what to do', failed.findings)
    const placed = failed.findings.find((found) => found.file === file && found.line !== null)
    shown(placed !== undefined, `it names a line of ${file}`, failed.findings)
    const sealed = await world.cli(AUTHOR, 'policy', 'seal', String(id))
    shown(sealed.code === 1, 'what failed its checks is not sealed', sealed.answer)
    const local = await world.cli(AUTHOR, 'policy', 'check', folder)
    const said = failedStage(local.answer['stages'] as Stage[] | undefined)
    shown(
      local.code === 1 && isDeepStrictEqual(said?.findings, failed.findings),
      'the checks that run here find the same',
      { here: said?.findings.slice(0, 3), service: failed.findings.slice(0, 3) },
    )
    await demand(world, 'policy', 'discard', String(id))
    return { stage, rule: finding.rule, file: placed.file, line: placed.line, remedy: finding.remedy }
  },
})

/** A draft is made and edited, and each check stops what it is there for. */
export const draftSteps: readonly Step[] = [draftEdited, ...MISTAKES.map(mistakeRefused)]
