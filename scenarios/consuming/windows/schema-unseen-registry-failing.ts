import { registryFailing } from '../../testbed/registry-hurt.ts'
import { schemaUnseen } from './schema-unseen.ts'

/** W29b: the same, and the registry answers 503: a client may take that for a last word about the event. */
export const schemaUnseenRegistryFailing = schemaUnseen({
  id: 'W29b',
  phrase: 'an event by an unseen schema comes while the schema registry answers with errors',
  title: 'an event by an unseen schema comes while the schema registry answers with errors',
  held: 'a version of the schema is registered; the way to the registry answers HTTP 503; an event comes by that version',
  shown: 'the consumer asked, and was answered HTTP 503, while the event was on the topic',
  hurt: registryFailing,
})
