import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { lintScaledObjects } from '../../lint/lint.ts'
import { manifestFiles } from './manifest-files.ts'

const cwd = fileURLToPath(new URL('../../lint/fixture/answers/', import.meta.url))

/** What must be said of a file or a folder, and nothing else: severity, rule, object, and words of what to write. */
type Answer = readonly [severity: string, rule: string, object: string, fix: RegExp]

const ANSWERS: Readonly<Record<string, readonly Answer[]>> = {
  'guide.yaml': [],
  'idle-zero-minimum-zero.yaml': [],
  'msk-identity-owner.yaml': [],
  'below-advanced.yaml': [
    ['error', 'spec-field', 'shop/a', /spec\.advanced\.horizontalPodAutoscalerConfig\.behavior/],
    ['error', 'spec-field', 'shop/b', /write horizontalPodAutoscalerConfig$/],
    ['error', 'spec-field', 'shop/c', /known here: behavior, name/],
    ['error', 'spec-field', 'shop/c', /write behavior$/],
  ],
  'refused-below-spec.yaml': [
    ['error', 'spec-field', 'shop/a', /add spec\.fallback\.failureThreshold/],
    ['error', 'spec-field', 'shop/a', /static or currentReplicas/],
    ['error', 'spec-field', 'shop/b', /add spec\.triggers\[0\]\.authenticationRef\.name/],
    ['error', 'spec-field', 'shop/b', /write name$/],
    ['error', 'spec-field', 'shop/b', /ClusterTriggerAuthentication/],
    ['error', 'spec-field', 'shop/c', /true or false/],
    ['error', 'spec-field', 'shop/c', /periodSeconds/],
  ],
  'no-api-version.yaml': [['error', 'not-an-object', '', /apiVersion: keda\.sh\/v1alpha1/]],
  'two-topics.yaml': [['error', 'topic', 'shop/a', /apache-kafka/]],
  'webhook-refuses.yaml': [
    ['error', 'trigger-name', 'shop/a', /./],
    ['error', 'cached-metrics', 'shop/b', /leave it out/],
    ['error', 'resource', 'shop/c', /minReplicaCount: 1/],
    ['error', 'fallback', 'shop/d', /trigger of another type/],
    ['error', 'scaling-modifiers', 'shop/e', /target/],
    ['error', 'fallback', 'shop/f', /formula/],
    ['error', 'autoscaler-name', 'shop/h', /another name/],
    [
      'error',
      'object-name',
      `shop/very-long-consumer-name-for-the-orders-topic-of-the-shop-eu-west-1`,
      /at most 54/,
    ],
  ],
  'trigger-type-misspelt.yaml': [['error', 'trigger-type', 'shop/worker', /write type: kafka/]],
  'key-of-another-place.yaml': [
    ['error', 'trigger-key', 'shop/worker', /spec\.maxReplicaCount: 10/],
    ['error', 'trigger-key', 'shop/worker', /spec\.minReplicaCount: 0/],
    ['error', 'trigger-key', 'shop/worker', /write sasl$/],
    ['error', 'trigger-key', 'shop/worker', /parameter: username .*TriggerAuthentication/],
  ],
  'behavior-below-spec.yaml': [
    ['error', 'spec-field', 'shop/worker', /spec\.advanced\.horizontalPodAutoscalerConfig\.behavior/],
    ['error', 'behavior', 'shop/worker', /Pods or Percent/],
  ],
  'yaml-1.1.yaml': [
    ['warning', 'written-number', 'shop/worker', /10 or 8/],
    ['error', 'metadata-text', 'shop/worker', /consumerGroup: "no"/],
    ['error', 'metadata-text', 'shop/worker', /topic: "on"/],
  ],
  'kustomize-patch': [
    ['warning', 'not-built', '', /kustomize build/],
    ['warning', 'not-built', '', /kustomize build/],
  ],
  'folder-with-chart': [['warning', 'template', '', /helm template/]],
}

describe('manifests whose right answer is known', () => {
  for (const [name, answers] of Object.entries(ANSWERS)) {
    it(name, async () => {
      const files = await manifestFiles([name], { cwd, stdin: (async function* () {})() })
      const { findings } = lintScaledObjects(files)
      assert.deepEqual(
        findings.map(({ severity, rule, object }) => [severity, rule, object]),
        answers.map(([severity, rule, object]) => [severity, rule, object]),
      )
      for (const [i, [, , , fix]] of answers.entries()) assert.match(findings[i]?.fix ?? '', fix)
      // A key that KEDA reads somewhere is never to be removed.
      for (const { rule, fix } of findings)
        if (rule === 'trigger-key' || rule === 'spec-field') assert.doesNotMatch(fix, /remove/)
    })
  }

  it('are all named', () => {
    assert.deepEqual(readdirSync(cwd).sort(), Object.keys(ANSWERS).sort())
  })
})
