import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scaledObjectText } from '../fixture/manifest-text.ts'
import { lintScaledObjects } from '../lint.ts'
import { joined } from './file-path.ts'

const clean = scaledObjectText()
const below = (file: string, text: string) => ({ file, text, fromFolder: true }) as const
const said = (...files: readonly { file: string; text: string; fromFolder?: true }[]) => {
  const { findings, objects } = lintScaledObjects(files)
  return {
    findings: findings.map(({ severity, rule, file }) => `${severity} ${rule} ${file}`),
    objects: objects.length,
  }
}

describe('what is not built yet', () => {
  it('of a chart is skipped with one line, however many templates there are', () => {
    const template = 'kind: ScaledObject\nmetadata: { name: {{ .Release.Name }} }\n'
    const files = ['a', 'b', 'c'].map((name) => below(`chart/templates/${name}.yaml`, template))
    assert.deepEqual(said(...files, below('k8s/so.yaml', clean)), {
      findings: ['warning template chart/templates/a.yaml'],
      objects: 1,
    })
  })

  it('is looked at where it is named, and where nothing in it is a template', () => {
    const plain = below('chart/templates/so.yaml', clean)
    assert.deepEqual(said(plain), { findings: [], objects: 1 })
    const named = { file: 'chart/templates/so.yaml', text: 'kind: ScaledObject\nspec: {{ x }}\n' }
    assert.deepEqual(said(named).findings, ['error template chart/templates/so.yaml'])
  })

  it('by kustomize is not taken for objects: patches of both notations', () => {
    const kustomization = `patches:\n- path: ./p.yaml\n- patch: |-\n    - op: add\npatchesStrategicMerge: [../more/q.yaml]\n`
    const patch =
      'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: x }\nspec: { maxReplicaCount: 2 }\n'
    const files = [
      below('o/kustomization.yaml', kustomization),
      below('o/p.yaml', '- op: replace\n  path: /spec\n'),
      below('more/q.yaml', patch),
      below('base/so.yaml', clean),
    ]
    assert.deepEqual(said(...files), { findings: ['warning not-built o/kustomization.yaml'], objects: 1 })
    assert.deepEqual(said(below('more/q.yaml', patch)).findings.length, 2)
  })

  it('is found by its path, whatever is written in it', () => {
    assert.equal(joined('a/b', '../c/./d.yaml'), 'a/c/d.yaml')
    assert.equal(joined('', './d.yaml'), 'd.yaml')
    assert.equal(joined('../a', '../../d.yaml'), '../../d.yaml')
  })
})

describe('objects of other names', () => {
  it('of keda.sh are told by the kind or version that was meant', () => {
    const fix = (text: string) => lintScaledObjects([{ file: 'f', text }]).findings.map((each) => each.fix)
    assert.deepEqual(fix('apiVersion: keda.sh/v1alpha1\nkind: ScaledObjekt\n'), ['write kind: ScaledObject'])
    assert.deepEqual(fix('apiVersion: keda.k8s.io/v1alpha1\nkind: ScaledObject\n'), [
      'write apiVersion: keda.sh/v1alpha1',
    ])
    assert.deepEqual(fix('apiVersion: keda.sh/v1alpha1\nknd: ScaledObject\n'), [
      'write kind: ScaledObject, or the kind that it is of',
    ])
  })
})
