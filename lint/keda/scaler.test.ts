import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KUBERNETES_VERSIONS } from '../../stacks/artifacts/kubernetes-program.ts'
import { authenticationKeys, KEDA_VERSION, metadataKeys, SCALERS } from './scaler.ts'
import { SCHEMAS } from './schema.ts'

describe('what is read from KEDA', () => {
  it('is of the version that the stack runs (`npm run keda` makes it anew)', () => {
    assert.equal(KEDA_VERSION, KUBERNETES_VERSIONS.keda)
  })

  it('knows of each scaler what it reads by its tags, and what it reads by hand', () => {
    const kafka = SCALERS.get('apache-kafka') ?? assert.fail('there is none')
    for (const key of [
      'bootstrapServers',
      'bootstrapServersFromEnv',
      'identityOwner',
      'awsAccessKeyIDFromEnv',
    ])
      assert.ok(metadataKeys(kafka).includes(key), key)
    assert.ok(!metadataKeys(kafka).includes('username'))
    for (const key of ['username', 'sasl', 'awsRoleArn'])
      assert.ok(authenticationKeys(kafka).includes(key), key)
    assert.equal(SCALERS.get('external')?.any, true)
    assert.ok(SCALERS.size >= 80)
    for (const [type, scaler] of SCALERS)
      assert.ok(type === 'external-mock' || metadataKeys(scaler).length > 0, `${type} reads nothing`)
  })

  it('has the resource definitions with the patches of its releases', () => {
    assert.deepEqual(Object.keys(SCHEMAS), [
      'ScaledObject',
      'TriggerAuthentication',
      'ClusterTriggerAuthentication',
    ])
    const advanced = SCHEMAS.ScaledObject?.properties?.advanced?.properties?.horizontalPodAutoscalerConfig
    const window =
      advanced?.properties?.behavior?.properties?.scaleDown?.properties?.stabilizationWindowSeconds
    assert.equal(window?.maximum, 3600)
  })
})
