import { registryClosed } from '../../testbed/registry-hurt.ts'
import { schemaUnseen } from './schema-unseen.ts'

/** W29: an event by a schema that the consumer has not seen, and nobody answers at the registry’s address. */
export const schemaUnseenRegistryAway = schemaUnseen({
  id: 'W29',
  phrase: 'an event by an unseen schema comes while the schema registry is out of reach',
  title: 'an event by an unseen schema comes while the schema registry is out of reach',
  held: 'a version of the schema is registered; the way to the registry is closed; an event comes by that version',
  shown: 'the consumer asked, and nobody answered, while the event was on the topic',
  hurt: registryClosed,
})
