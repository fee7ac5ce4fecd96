import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { lintEvents } from '../scenarios/scaling/testbed/lint-events.ts'
import { scaledObjectText } from './fixture/manifest-text.ts'
import { lintScaledObjects } from './lint.ts'
import { LINT_TWINS } from './twins.ts'

const clean = readFileSync(new URL('fixture/clean.yaml', import.meta.url), 'utf8')

function lint(text: string) {
  return lintScaledObjects([{ file: 'so.yaml', text }])
}

/** `line:column rule` of each finding. */
function places(text: string): string[] {
  return lint(text).findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`)
}

describe('lintScaledObjects', () => {
  it('points at the line of a value, and at its holder where the value is missing', () => {
    assert.deepEqual(places(clean.replace('offsetResetPolicy: earliest', 'offsetResetPolicy: latest')), [
      '22:9 offset-reset-policy',
    ])
    assert.deepEqual(places(clean.replace('        offsetResetPolicy: earliest\n', '')), [
      '16:7 offset-reset-policy',
    ])
  })

  it('opens lists, and counts lines through documents and Windows line ends', () => {
    const list = `kind: List\napiVersion: v1\nitems:\n${clean
      .split('\n---\n')
      .map(
        (document) =>
          `- ${document
            .replace(/^#.*\n/, '')
            .trim()
            .replaceAll('\n', '\n  ')}`,
      )
      .join('\n')}\n`
    assert.deepEqual(lint(list).objects, ['order-service/order-consumer-scaler'])
    assert.deepEqual(lint(list).findings, [])
    const late = `# first\n---\n\n---\n${clean.replace('minReplicaCount: 0', 'minReplicaCount: 21')}`
    assert.deepEqual(places(late.replaceAll('\n', '\r\n')), ['15:3 cooldown', '16:3 replica-bounds'])
  })

  it('follows anchors and merged keys', () => {
    const merged = clean
      .replace('  triggers:', '  advanced: &a {}\n  triggers:')
      .replace(
        '      metadata:\n        bootstrap',
        '      metadata:\n        <<: &more { topic: x, lagThreshold: "1" }\n        bootstrap',
      )
    assert.deepEqual(places(merged), [])
    assert.deepEqual(
      places('a: &a { <<: *a }\nkind: ScaledObject\napiVersion: keda.sh/v1alpha1\n').length > 0,
      true,
    )
  })

  it('says where a file does not parse, and goes on with the next document', () => {
    const broken = 'kind: X\n  apiVersion: y\n---\n\tkind: X\n---\nkind: X\nkind: Y\n---\nkind: "X\n'
    const { findings } = lint(`${clean}---\n${broken}`)
    assert.ok(findings.length >= 2)
    assert.deepEqual(new Set(findings.map(({ rule }) => rule)), new Set(['yaml', 'not-an-object']))
    assert.deepEqual(lint(`${clean}---\n${broken}`).objects.length, 1)
    assert.deepEqual(places('apiVersion: a\nkind: X\nkind: Y\n'), ['3:1 yaml'])
    assert.match(lint('kind: "X\n').findings[0]?.fix ?? '', /closing quote/)
  })

  it('asks for rendered manifests, once a file', () => {
    const chart = '{{- if .Values.keda }}\nkind: ScaledObject\n{{- end }}\n---\n{{ include "x" . }}\n'
    assert.deepEqual(
      lint(chart).findings.map(({ rule }) => rule),
      ['template'],
    )
    assert.deepEqual(places(clean.replace('topic: order-events', 'topic: {{ .Values.topic }}')), [
      '19:9 template',
    ])
    assert.deepEqual(places(clean.replace('topic: order-events', 'topic: $(TOPIC)')), ['19:9 template'])
    assert.deepEqual(places('kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n'), [
      '1:1 not-built',
    ])
  })

  it('takes no words about templates, and no query with a language of its own, for a placeholder', () => {
    const docs = clean.replace(
      'metadata:\n',
      `metadata:\n  annotations: { note: "see {{ doc }} and $(DOC)" }\n`,
    )
    assert.deepEqual(places(docs), [])
    const query = (text: string) =>
      scaledObjectText({
        triggers: [
          {
            type: 'prometheus',
            metadata: { serverAddress: 'http://p:9090', query: text, threshold: '5' },
          },
        ],
      })
    assert.deepEqual(places(query(`label_replace(up, "a", "\${1}", "b", "(.*)") > $(foo)`)), [])
    assert.equal(lint(query('up{team="{{ .Values.team }}"}')).findings[0]?.rule, 'template')
    const named = clean.replace('name: order-consumer-scaler', 'name: "{{ .Release.Name }}-scaler"')
    assert.equal(lint(named).findings[0]?.rule, 'template')
  })

  it('says of what is no Kubernetes object that it is none, and nothing of what is empty', () => {
    assert.deepEqual(places('a: 1\n'), ['1:1 not-an-object'])
    assert.deepEqual(places('- 1\n'), ['1:1 not-an-object'])
    assert.deepEqual(places('just words'), ['1:1 not-an-object'])
    assert.deepEqual(places('# nothing\n---\n---\n'), [])
    assert.deepEqual(places(''), [])
  })

  it('orders findings by file as given, then by line', () => {
    const bad = clean.replace('minReplicaCount: 0', 'minReplicaCount: 21')
    const files = [
      { file: 'z.yaml', text: bad },
      { file: 'a.yaml', text: `${bad}---\n: {` },
    ]
    const { findings } = lintScaledObjects(files)
    const shown = findings.map(({ file, line }) => [file, line] as const)
    assert.deepEqual(
      shown,
      shown.toSorted(([f, l], [g, m]) => (f === g ? l - m : f < g ? 1 : -1)),
    )
    assert.equal(findings[0]?.file, 'z.yaml')
  })

  it('never throws, whatever a file holds', () => {
    const texts = LINT_TWINS.map(({ manifest }) => readFileSync(manifest, 'utf8'))
    const damaged = fc
      .tuple(fc.constantFrom(...texts), fc.nat(1200), fc.nat(60), fc.string({ maxLength: 20 }))
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut))
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string()), (text) => {
        for (const { line, column } of lint(text).findings) assert.ok(line >= 1 && column >= 1)
      }),
      { numRuns: 300 },
    )
  })

  it('gives its findings as events of a history', () => {
    const [event] = lintEvents(
      lint(clean.replace('offsetResetPolicy: earliest', 'offsetResetPolicy: latest')),
    )
    assert.partialDeepStrictEqual(event, {
      kind: 'lint',
      rule: 'offset-reset-policy',
      severity: 'error',
      line: 22,
      object: 'order-service/order-consumer-scaler',
    })
  })
})
