import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LocalImages } from './local-images.ts'
import { isRefusal } from './refusal.ts'

const image = (word: string) => ({ command: ['/bin/sh', '-c', word], cwd: '/' })
const orders = image('orders')

test('an image is found by its name, with or without its tag; else the way to map it is told', () => {
  const images = new LocalImages({ 'acme/orders': orders, 'registry:5000/x:1': orders })
  assert.equal(images.named('acme/orders:1.4', 'default'), orders)
  assert.equal(images.named('acme/orders@sha256:00', 'default'), orders)
  assert.equal(images.named('registry:5000/x:1', 'default'), orders)
  const refused = images.named('registry:5000/x:2', 'default')
  assert.ok(isRefusal(refused))
  assert.equal(refused.reason, 'ErrImageNeverPull')
  assert.match(refused.message, /"registry:5000\/x:2".*mapped are acme\/orders.*images: \{/)
})

test('one name stands for another process in each namespace, until it is forgotten', () => {
  const images = new LocalImages({ 'acme/orders': orders })
  const [one, two] = [image('one'), image('two')]
  images.use('acme/orders', one, 'one')
  images.use('acme/orders', two, 'two')
  images.use('acme/mail', two, 'two')
  assert.equal(images.named('acme/orders:2', 'one'), one)
  assert.equal(images.named('acme/orders:2', 'two'), two)
  assert.equal(images.named('acme/orders:2', 'three'), orders)
  assert.ok(isRefusal(images.named('acme/mail', 'one')))
  images.forget('two')
  assert.equal(images.named('acme/orders', 'two'), orders)
})
