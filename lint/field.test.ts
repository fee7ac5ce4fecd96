import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readManifests } from './read-manifests.ts'

function read(text: string) {
  const { manifests, findings } = readManifests({ file: 'f', text: `apiVersion: v1\nkind: X\n${text}` })
  return { root: manifests[0]?.root, rules: findings.map(({ rule, line }) => `${line} ${rule}`) }
}

describe('a manifest as Kubernetes reads it', () => {
  it('has the scalars of YAML 1.1, and quotes make a text of each', () => {
    const { root } = read('a: yes\nb: 010\nc: "on"\nd: !!str 5\ne: !!int "5"\nf: ~\ng:\nh: 1_000\n')
    const plain = {
      apiVersion: 'v1',
      kind: 'X',
      a: true,
      b: 8,
      c: 'on',
      d: '5',
      e: 5,
      f: null,
      g: null,
      h: 1000,
    }
    assert.deepEqual(root?.plain, plain)
  })

  it('has keys of YAML 1.1, too', () => {
    assert.deepEqual(Object.keys(Object(read('on: 1\n010: 2\n').root?.plain)).sort(), [
      '8',
      'apiVersion',
      'kind',
      'true',
    ])
  })

  it('takes the last one of a key that is written twice, and complains of it', () => {
    const { root, rules } = read('a: 1\nb: { c: 1, c: 2 }\na: 2\n')
    assert.equal(root?.get('a').value, 2)
    assert.equal(root?.get('b', 'c').value, 2)
    assert.deepEqual(rules.toSorted(), ['4 yaml', '5 yaml'])
  })

  it('merges in the order of the text: what is written later wins', () => {
    const { root, rules } = read(
      'base: &x { a: 1, b: 1 }\none: { <<: *x, a: 2 }\ntwo: { <<: [{ a: 3 }, *x] }\nquoted: { "<<": 1 }\n',
    )
    assert.deepEqual(root?.get('one').plain, { a: 2, b: 1 })
    assert.deepEqual(root?.get('two').plain, { a: 3, b: 1 })
    assert.deepEqual(root?.get('quoted').plain, { '<<': 1 })
    assert.deepEqual(rules, [])
  })

  it('may be JSON, with tabs, one object after the other, each at its place', () => {
    const text =
      '{"apiVersion":"v1","kind":"A"}\n{\n\t"apiVersion": "v1",\n\t"kind": "B",\n\t"a": {"b": "{"}\n}\n'
    const { manifests, findings } = readManifests({ file: 'f', text })
    assert.deepEqual(findings, [])
    assert.deepEqual(
      manifests.map(({ kind, root }) => [kind, root.line]),
      [
        ['A', 1],
        ['B', 2],
      ],
    )
    const at = manifests[1]?.root.get('a', 'b')
    assert.deepEqual([at?.line, at?.column, at?.value], [5, 8, '{'])
    assert.equal(readManifests({ file: 'f', text: '{"kind": ' }).findings[0]?.rule, 'yaml')
  })
})
