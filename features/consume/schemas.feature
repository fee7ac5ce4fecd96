@D3
Feature: Consumers keep to the schemas of a registry

  Background:
    Given the consumer under test is handling events

  Rule: what a consumer publishes says by which schema it is written

    @consumer @outputs-registry @control @schema-ids
    Scenario: events are handled and answered through a schema registry
      Then every event is written by a schema that its subject had before

  Rule: an event that no schema explains is kept, and nobody waits for it

    @C2 @consumer @event-registry @retry @W19c
    Scenario: events come that no schema explains
      When events name schemas that nobody knows, or none
      Then an event that cannot be handled becomes a dead letter
      And a dead letter is the original and says why it is there
      And an event that no retry can help is tried once
      And a failing event holds up no others
      And every event takes effect once or is a dead letter

  Rule: an event whose schema can not be fetched for now is no poison: it waits, and takes effect when it can be read

    @C1 @C2 @C3 @C5 @consumer @event-registry @W29
    Scenario: the registry is away when an event comes by a schema that was not seen before
      When an event by an unseen schema comes while the schema registry is out of reach
      Then every event takes effect exactly once
      And events are tried as often as declared
      And no offset is committed before its effect is durable
      And events of one key take effect in their order

    @C1 @C2 @C3 @C5 @consumer @event-registry @W29b
    Scenario: the registry fails when an event comes by a schema that was not seen before
      When an event by an unseen schema comes while the schema registry answers with errors
      Then every event takes effect exactly once
      And events are tried as often as declared
      And no offset is committed before its effect is durable
      And events of one key take effect in their order

    @C1 @C2 @consumer @event-registry @W29a
    Scenario: the consumer starts while the registry is away
      When the consumer starts while the schema registry is out of reach
      Then every event takes effect exactly once
      And events are tried as often as declared

    @C1 @C2 @consumer @event-registry @W29c
    Scenario: the consumer starts while the registry is slow
      When the consumer starts while the schema registry is slow
      Then every event takes effect exactly once
      And events are tried as often as declared
