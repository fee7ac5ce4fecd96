import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathOf } from '../../../clients/kubernetes-api.ts'
import { webhooksFlags } from './keda-admission.ts'
import { adapterFlags, externalMetricsApi, operatorFlags } from './keda-settings.ts'
import { certificateRequests } from './kubernetes-certificates.ts'
import { apiserverFlags, controllerFlags, etcdFlags, schedulerFlags } from './kubernetes-settings.ts'

const ports = {
  etcd: 20001,
  etcdPeer: 20002,
  apiserver: 20003,
  operatorMetrics: 20004,
  operatorHealth: 20005,
  metricsService: 20006,
  adapter: 20007,
  adapterMetrics: 20008,
  webhooks: 20009,
  webhooksHealth: 20000,
}
const all = [
  ...etcdFlags(ports, '/data/etcd'),
  ...apiserverFlags(ports, '/pki'),
  ...controllerFlags('/pki', '/pki/controllers.kubeconfig', 1000),
  ...schedulerFlags('/pki/scheduler.kubeconfig'),
  ...operatorFlags(ports, '/pki', '/pki/admin.kubeconfig'),
  ...adapterFlags(ports, '/pki', '/pki/admin.kubeconfig'),
  ...webhooksFlags(ports, '/pki', '/pki/admin.kubeconfig'),
]

test('whatever listens, listens on loopback', () => {
  for (const flag of all) {
    for (const [, host] of flag.matchAll(/([\w.]+):2000\d/g)) assert.equal(host, '127.0.0.1', flag)
  }
  const bound = all.filter((flag) => flag === '--bind-address=127.0.0.1')
  assert.equal(bound.length, 2, 'the API server and the adapter, whose ports have flags of their own')
  assert.equal(all.filter((flag) => flag === '--secure-port=0').length, 2, 'controllers and scheduler')
})

test('the autoscaler looks as often as it is told', () => {
  assert.ok(all.includes('--horizontal-pod-autoscaler-sync-period=1000ms'))
})

test('an issuer comes before what it issues, and the node is who the node authorizer expects', () => {
  const requests = certificateRequests('local', ['10.1.2.3'])
  const seen = new Set<string>()
  for (const { name, issuer } of requests) {
    assert.ok(issuer === undefined || seen.has(issuer), name)
    seen.add(name)
  }
  const node = requests.find(({ name }) => name === 'node')
  assert.equal(node?.commonName, 'system:node:local')
  assert.deepEqual(node?.organization, ['system:nodes'])
  assert.deepEqual(node?.addresses, ['127.0.0.1', '10.1.2.3'])
})

test('objects are kept where the API server keeps them', () => {
  const paths = [
    ['v1', 'Pod', undefined, '/api/v1/namespaces/default/pods/x'],
    ['v1', 'Namespace', undefined, '/api/v1/namespaces/x'],
    ['apps/v1', 'Deployment', 'shop', '/apis/apps/v1/namespaces/shop/deployments/x'],
    ['keda.sh/v1alpha1', 'ScaledObject', 'shop', '/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/x'],
  ] as const
  for (const [apiVersion, kind, namespace, path] of paths) {
    const metadata = namespace ? { name: 'x', namespace } : { name: 'x' }
    assert.equal(pathOf({ apiVersion, kind, metadata }), path)
  }
  assert.equal(
    pathOf(externalMetricsApi(20007, 'authority', '1')),
    '/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.external.metrics.k8s.io',
  )
})
