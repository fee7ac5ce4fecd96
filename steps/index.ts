/** What people's own steps import: `import { Given, Then, When } from 'eventproof/steps'`. */
export {
  After,
  Before,
  DataTable,
  defineParameterType,
  Given,
  setDefaultTimeout,
  setWorldConstructor,
  Then,
  When,
} from '@cucumber/cucumber'
export type { AddressBook, DatabaseAddress, ServiceAddress } from '../scenarios/address-book.ts'
export { ProofWorld } from './proof-world.ts'
export { type Vocabulary, vocabularyOf } from './vocabulary.ts'
