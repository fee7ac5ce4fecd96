import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Cache } from '../../../../core/cache.ts'
import { keyOfImage, tagOf } from './image.ts'
import { STACK_IMAGES, upstreamOf } from './image-store.ts'
import { imageRecipes } from './recipes.ts'

const recipes = imageRecipes(new Cache('/nowhere'))

test('every image of a stack has a recipe, and one that is pulled', () => {
  for (const name of STACK_IMAGES) {
    assert.equal(recipes[name].name, name)
    assert.match(upstreamOf(name), /^[a-z0-9./-]+:[\w.]+$/)
  }
})

test('an image is named by its content', () => {
  const { kafka } = recipes
  assert.notEqual(keyOfImage(kafka), keyOfImage({ ...kafka, files: {} }))
  const base = { ...recipes.base, version: 'another' }
  assert.notEqual(keyOfImage(kafka), keyOfImage({ ...kafka, base }))
})

test("Testcontainers reads Kafka's tag, and takes 8.x for KRaft", () => {
  assert.match(tagOf(recipes.kafka), /^eventproof\/kafka:8\.\d+\.\d+-[0-9a-f]{12}$/)
})
